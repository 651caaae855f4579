#!/usr/bin/env bash
# The pages and first review lists of 10,000 sites, as the platform serves them, against nginx serving the same bytes as static
# files. CPU of each server's processes per request; five interleaved rounds, medians.
#   run.sh BIN_DIR WORK_DIR [ROUNDS] [SECONDS]
set -eu
bin=$1 work=$2 rounds=${3:-5} seconds=${4:-4} sites=10000
cpu_of() { local sum=0; for pid in "$@"; do sum=$(awk -v s="$sum" -v hz="$(getconf CLK_TCK)" '{ print s + ($14 + $15) / hz }' "/proc/$pid/stat"); done; echo "$sum"; }

"$bin/verbatim" init --data "$work/pages" >/dev/null
"$bin/verbatim-load" subjects --data "$work/pages" --sites $sites --reviews 8
"$bin/verbatim" serve --data "$work/pages" --listen 127.0.0.1:0 --set window.megabytes=4096 >"$work/pages.out" 2>/dev/null &
server=$!
trap 'kill $server 2>/dev/null; [ ! -f "$work/nginx.pid" ] || kill "$(cat "$work/nginx.pid")" 2>/dev/null; wait 2>/dev/null || true' EXIT
until grep -q '^listening' "$work/pages.out"; do sleep 0.02; done
url=$(sed -n 's/^listening on //p' "$work/pages.out")

measure() { # NAME PATH_FOR_SITE(%s) STATIC_NAME
  local name=$1 pattern=$2
  rm -rf "$work/static"
  mkdir -p "$work/static"
  # Asking for each page once puts it into the window and gives nginx its file: the very same bytes.
  seq 0 $((sites - 1)) | awk -v u="$url" -v p="$pattern" -v d="$work/static" '{ path = p; sub(/%s/, "S" $1, path); print "url=\"" u path "\""; print "output=\"" d "/S" $1 "\"" }' >"$work/urls"
  curl -s -K "$work/urls"
  cat >"$work/nginx.conf" <<CONF
daemon on; worker_processes 1; pid $work/nginx.pid; error_log $work/nginx.err;
events { worker_connections 4096; }
http { access_log off; sendfile off; tcp_nodelay on; keepalive_requests 1000000000; open_file_cache max=20000 inactive=600s; open_file_cache_valid 600s;
  default_type text/html; etag on; client_body_temp_path $work/t1; proxy_temp_path $work/t2; fastcgi_temp_path $work/t3; uwsgi_temp_path $work/t4; scgi_temp_path $work/t5;
  server { listen 127.0.0.1:18099; root $work/static; location / { } } }
CONF
  [ "$(id -u)" != 0 ] || sed -i '1s/^/user root; /' "$work/nginx.conf"
  nginx -c "$work/nginx.conf"
  sleep 0.3
  local workers
  workers=$(pgrep -P "$(cat "$work/nginx.pid")")
  printf 'local p = "%s"\nmath.randomseed(7)\nrequest = function() return wrk.format("GET", (p:gsub("%%%%s", "S" .. math.random(0, %d)))) end\n' "$pattern" $((sites - 1)) >"$work/ours.lua"
  printf 'math.randomseed(7)\nrequest = function() return wrk.format("GET", "/S" .. math.random(0, %d)) end\n' $((sites - 1)) >"$work/theirs.lua"
  : >"$work/rows"
  for round in $(seq "$rounds"); do
    for side in ours theirs; do
      local pids=$server target=$url
      [ $side = ours ] || { pids=$workers; target=http://127.0.0.1:18099; }
      local before after requests
      before=$(cpu_of $pids)
      requests=$(wrk -t1 -c64 -d"${seconds}s" -s "$work/$side.lua" "$target" | awk '/requests in/ { print $1 }')
      after=$(cpu_of $pids)
      awk -v s=$side -v b="$before" -v a="$after" -v n="$requests" 'BEGIN { print s, (a - b) * 1e6 / n }' >>"$work/rows"
    done
  done
  kill "$(cat "$work/nginx.pid")"; sleep 0.3; rm -f "$work/nginx.pid"
  local bytes
  bytes=$(stat -c %s "$work/static/S1")
  median() { awk -v s="$1" '$1 == s { print $2 }' "$work/rows" | sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
  awk -v n="$name" -v o="$(median ours)" -v t="$(median theirs)" -v b="$bytes" -v v="$(nginx -v 2>&1 | sed 's/.*nginx\///')" \
    'BEGIN { printf "%s, %d bytes: verbatim %.2f us CPU, nginx %s %.2f us, ratio %.2f (limit 0.80)\n", n, b, o, v, t, o / t }'
}
measure "first page of reviews, JSON" "/api/v1/sites/%s/reviews"
measure "site page, HTML" "/fr/sites/%s"
