#!/bin/bash
# Messages of 20 KB over 50 kept connections to postfix's smtp-sink: our transport against postfix's smtp-source, a C program
# that sends one constant text. CPU time of the client a message (user + system), in turns, median of the rounds.
#   bench/mail/run.sh [BUILD_FOLDER] [ROUNDS] [MESSAGES_A_ROUND]
set -eu
cd "$(dirname "$0")/../.."
build=${1:-build/release} rounds=${2:-7} messages=${3:-5000} bytes=20480 connections=50
[ -f "$build/build.ninja" ] || cmake --preset release -B "$build" >/dev/null
ninja -C "$build" engine_mail_bench >/dev/null
program=$build/src/engine/mail/engine_mail_bench
PATH=$PATH:/usr/sbin
for tool in smtp-sink smtp-source; do command -v $tool >/dev/null || { echo "bench/mail: $tool is not installed (apt-get install postfix)" >&2; exit 1; }; done

work=$(mktemp -d) sink=
trap '[ -z "$sink" ] || kill "$sink" 2>/dev/null || true; wait 2>/dev/null; rm -rf "$work"' EXIT
port=$(python3 -c 'import socket; s=socket.socket(); s.bind(("127.0.0.1",0)); print(s.getsockname()[1])')
smtp-sink $([ "$(id -u)" = 0 ] && echo "-u nobody") "127.0.0.1:$port" 1000 2>/dev/null & sink=$!
for _ in $(seq 100); do (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && break; sleep 0.05; done

ours() { "$program" "smtp://127.0.0.1:$port?connections=$connections&messages=1000000&timeout=60&tls=none" "$1" $bytes; }
theirs() {  # microseconds a message
  local TIMEFORMAT='%U %S' used
  used=$( { time smtp-source -d -s $connections -m "$1" -l $bytes -f bounce@nordhaven.example -t customer@home.example "127.0.0.1:$port" >/dev/null; } 2>&1 )
  awk -v n="$1" '{ printf "%.2f\n", ($1 + $2) * 1e6 / n }' <<<"$used"
}

ours 500 >/dev/null; theirs 500 >/dev/null  # everything warm
for _ in $(seq "$rounds"); do
  source=$(theirs "$messages")
  read -r _ compose deliver wall size sign <<<"$(ours "$messages")"
  echo "$source $deliver $compose $wall $size $sign" >>"$work/rounds"
done

median() { awk "{ print $1 }" "$work/rounds" | sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
printf '%d rounds of %d messages of about %d KB, %d connections; median CPU a message\n' "$rounds" "$messages" $((bytes / 1024)) $connections
printf '  %-34s %8.2f us\n' "smtp-source (constant text)" "$(median '$1')"
printf '  %-34s %8.2f us   %s x smtp-source\n' "deliver (checked, pipelined)" "$(median '$2')" "$(median '$2 / $1' | awk '{ printf "%.2f", $1 }')"
printf '  %-34s %8.2f us   (%s bytes)\n' "compose (text and HTML)" "$(median '$3')" "$(median '$5')"
printf '  %-34s %8.2f us\n' "sign (RSA-2048 and Ed25519)" "$(median '$6')"
printf '  %-34s %8.2f us\n' "wall time of deliver" "$(median '$4')"
