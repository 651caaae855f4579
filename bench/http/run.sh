#!/bin/bash
# GET of 1.5 KB JSON out of 10,000 pages, keep-alive, 64 connections: our window against nginx with the same bytes as files.
# Measures CPU time of each server's processes a request (user + system), and user instructions where the machine counts them.
# Servers take turns in every round; the ratios are medians over the rounds.
#   bench/http/run.sh [BUILD_FOLDER] [ROUNDS] [SECONDS]
set -eu
cd "$(dirname "$0")/../.."
build=${1:-build/release} rounds=${2:-5} seconds=${3:-4}
[ -f "$build/build.ninja" ] || cmake --preset release -B "$build" >/dev/null
ninja -C "$build" engine_http_bench >/dev/null
program=$build/src/engine/http/engine_http_bench
for tool in wrk nginx; do command -v $tool >/dev/null || { echo "bench/http: $tool is not installed (apt-get install wrk nginx-light)" >&2; exit 1; }; done

work=$(mktemp -d) pids=()
trap 'for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done; wait 2>/dev/null; rm -rf "$work"' EXIT
chmod 755 "$work"
"$program" pages "$work/files"

free_port() { python3 -c 'import socket; s=socket.socket(); s.bind(("127.0.0.1",0)); print(s.getsockname()[1])'; }
declare -A port pid
start_ours() {  # name log
  "$program" serve 127.0.0.1:0 "$2" >"$work/$1.out" & pid[$1]=$!; pids+=($!)
  for _ in $(seq 100); do grep -q listening "$work/$1.out" && break; sleep 0.05; done
  port[$1]=$(sed 's/.*://' "$work/$1.out")
}
start_ours verbatim none
start_ours verbatim_logged "$work/access.log"
port[nginx]=$(free_port)
mkdir -p "$work/temp"
cat >"$work/nginx.conf" <<CONF
$([ "$(id -u)" = 0 ] && echo "user root;")
worker_processes 1; pid $work/nginx.pid; error_log $work/error.log; daemon off;
events { worker_connections 4096; }
http {
  access_log off; sendfile off; tcp_nodelay on; keepalive_timeout 600; keepalive_requests 1000000000;
  open_file_cache max=20000 inactive=600s; open_file_cache_valid 600s; open_file_cache_min_uses 1;
  default_type application/json; server_tokens off;
  client_body_temp_path $work/temp; proxy_temp_path $work/temp; fastcgi_temp_path $work/temp; uwsgi_temp_path $work/temp; scgi_temp_path $work/temp;
  server { listen 127.0.0.1:${port[nginx]} backlog=4096; root $work/files; add_header Cache-Control no-cache; }
}
CONF
nginx -p "$work" -e "$work/error.log" -c "$work/nginx.conf" & pid[nginx]=$!; pids+=($!)
for _ in $(seq 100); do curl -sf "http://127.0.0.1:${port[nginx]}/p/1" >/dev/null && break; sleep 0.05; done
cmp <(curl -sf "http://127.0.0.1:${port[nginx]}/p/77") <(curl -sf "http://127.0.0.1:${port[verbatim]}/p/77") || { echo "bench/http: the servers do not answer alike" >&2; exit 1; }

ticks() {  # of a process and its children
  local sum=0 p
  for p in "$1" $(pgrep -P "$1" || true); do sum=$((sum + $(sed 's/.*) //' "/proc/$p/stat" | awk '{print $12 + $13}'))); done
  echo $sum
}
counts=no
perf stat -x, -e instructions:u true 2>&1 | grep -q '^[0-9]' && counts=yes
load() { wrk -t1 -c64 -d"$2"s -s bench/http/random_pages.lua "http://127.0.0.1:${port[$1]}/" 2>&1; }

servers="verbatim nginx verbatim_logged"
for s in $servers; do load $s 1 >/dev/null; done  # everything warm
hertz=$(getconf CLK_TCK)
: >"$work/rounds"
for round in $(seq "$rounds"); do
  for s in $servers; do
    instructions=0
    before=$(ticks "${pid[$s]}")
    if [ $counts = yes ]; then
      list=${pid[$s]}; for p in $(pgrep -P "${pid[$s]}" || true); do list=$list,$p; done
      perf stat -x, -e instructions:u -p "$list" -o "$work/perf" -- sleep "$seconds" & perf=$!
    fi
    load $s "$seconds" >"$work/wrk"
    [ $counts = yes ] && { wait $perf; instructions=$(grep instructions "$work/perf" | cut -d, -f1); }
    after=$(ticks "${pid[$s]}")
    requests=$(awk '/requests in/ {print $1}' "$work/wrk")
    grep -E "Non-2xx|Socket errors" "$work/wrk" >&2 || true
    rate=$(awk '/Requests\/sec/ {print $2}' "$work/wrk")
    echo "$round $s $requests $(( (after - before) * 1000000 / hertz )) $instructions $rate" >>"$work/rounds"
  done
done
echo "nginx $(nginx -v 2>&1 | sed 's/.*nginx.//') | wrk $(wrk -v 2>&1 | awk 'NR==1{print $2}') | $(uname -sr) | $(nproc) cores | $rounds rounds of $seconds s, 64 connections"
python3 - "$work/rounds" <<'PY'
import sys, statistics as st
rows = {}
for line in open(sys.argv[1]):
    r, s, n, us, ins, rate = line.split()
    rows.setdefault(int(r), {})[s] = (float(us) / float(n), float(ins) / float(n), float(rate))
names = ["nginx", "verbatim", "verbatim_logged"]
print(f"{'':18}{'CPU us/request':>16}{'vs nginx':>10}{'instructions:u':>16}{'vs nginx':>10}{'requests/s':>12}")
for s in names:
    cpu = st.median(r[s][0] for r in rows.values())
    ratio = st.median(r[s][0] / r["nginx"][0] for r in rows.values())
    ins = st.median(r[s][1] for r in rows.values())
    text = f"{ins:16.0f}{st.median(r[s][1] / r['nginx'][1] for r in rows.values()):10.2f}" if ins else f"{'not counted':>16}{'':>10}"
    print(f"{s:18}{cpu:16.2f}{ratio:10.2f}{text}{st.median(r[s][2] for r in rows.values()):12.0f}")
ratio = st.median(r["verbatim"][0] / r["nginx"][0] for r in rows.values())
print(f"goal: at most 0.80 of nginx's CPU a request: {'reached' if ratio <= 0.8 else 'NOT reached'} ({ratio:.2f})")
PY
