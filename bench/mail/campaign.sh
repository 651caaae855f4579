#!/bin/bash
# A campaign through the whole post: letters of the packaged plan in eight languages, each personal, each with its durable row, to
# postfix's smtp-sink on loopback; beside it, in the same run, postfix's smtp-source, which sends one constant text and keeps no row.
# CPU (user + system) a message of our process alone; the memory it had at most with a small campaign and with a large one.
#   bench/mail/campaign.sh [MESSAGES] [LARGE]
set -eu
cd "$(dirname "$0")/../.."
messages=${1:-20000} large=${2:-100000} connections=8 target=25 memory=64
program=$PWD/build/release/verbatim-mailing
PATH=$PATH:/usr/sbin
for tool in smtp-sink smtp-source; do command -v $tool >/dev/null || { echo "bench/mail: $tool is not installed (apt-get install postfix)" >&2; exit 1; }; done

work=$(mktemp -d) sink=
trap '[ -z "$sink" ] || kill "$sink" 2>/dev/null || true; wait 2>/dev/null; rm -rf "$work"' EXIT
port=$(python3 -c 'import socket; s=socket.socket(); s.bind(("127.0.0.1",0)); print(s.getsockname()[1])')
smtp-sink $([ "$(id -u)" = 0 ] && echo "-u nobody") "127.0.0.1:$port" 1000 2>/dev/null & sink=$!
for _ in $(seq 100); do (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && break; sleep 0.05; done
url="smtp://127.0.0.1:$port?connections=$connections&messages=1000000&timeout=60&tls=none"

# figure NAME LINE: the number behind its name.
figure() { awk -v name="$1" '{ for (i = 1; i < NF; i++) if ($i == name) print $(i + 1) }' <<<"$2"; }
campaign() {  # COUNT [ARG...]: queued, then sent by a process of its own
  local count=$1; shift
  rm -rf "$work/data"
  queued=$("$program" queue --data "$work/data" --count "$count" 2>>"$work/err")
  sent=$("$program" send --data "$work/data" --mail "$url" "$@" 2>>"$work/err") || { cat "$work/err" >&2; exit 1; }
}

"$program" queue --data "$work/eight" --count 64 >/dev/null 2>&1
"$program" send --data "$work/eight" --mail "outbox:$work/letters" >/dev/null 2>&1
bytes=$(cat "$work"/letters/*.eml | wc -c | awk '{ print int($1 / 64) }')

campaign "$messages"; small=$sent
TIMEFORMAT='%U %S'
source=$( { time smtp-source -d -s $connections -m "$messages" -l "$bytes" -f news@nordhaven.example -t customer@home.example "127.0.0.1:$port" >/dev/null; } 2>&1 | awk -v n="$messages" '{ printf "%.2f", ($1 + $2) * 1e6 / n }')
queue_us=$(figure cpu_us "$queued") send_us=$(figure cpu_us "$small")
campaign "$messages" --dkim rsa; rsa=$(figure cpu_us "$sent")
campaign "$messages" --dkim ed; ed=$(figure cpu_us "$sent")
campaign "$large"; grown=$sent

printf '%d letters of %d bytes on average, %d connections; CPU a message\n' "$messages" "$bytes" $connections
line() { printf '  %-52s %8.2f us   %s\n' "$1" "$2" "$3"; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'; }
line "smtp-source -d (one constant text, no row)" "$source" ""
line "send: row read, opened, written, delivered, marked" "$send_us" "$(ratio "$send_us" "$source") x smtp-source; target $target us, ratio $(ratio "$send_us" $target)"
line "queue: words chosen, sealed, rows written" "$queue_us" ""
line "DKIM with RSA-2048, apart" "$(awk -v a="$rsa" -v b="$send_us" 'BEGIN { print a - b }')" ""
line "DKIM with Ed25519, apart" "$(awk -v a="$ed" -v b="$send_us" 'BEGIN { print a - b }')" ""
for one in "$small" "$grown"; do
  printf '  memory at most with %7d messages: %37.1f MB   limit %d MB, ratio %s\n' "$(figure sent "$one")" "$(figure rss_mb "$one")" $memory "$(ratio "$(figure rss_mb "$one")" $memory)"
done
