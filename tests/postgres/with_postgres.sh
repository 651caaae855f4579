#!/bin/sh
# Runs a command beside a PostgreSQL of its own: makes a cluster in a temporary folder, reachable through a socket in that
# folder only, and deletes it afterwards. The command finds its URL in VERBATIM_TEST_POSTGRES and may make databases there.
#
#   tests/postgres/with_postgres.sh ctest --test-dir build/dev
#
# Exit code: the command's; 69 where no PostgreSQL 15 or later is installed or it does not start.
set -u
if [ $# -eq 0 ]; then
    echo "usage: $0 COMMAND [ARGUMENT]..." >&2
    exit 64
fi

# The newest version that is new enough.
bin=
for version in $(ls /usr/lib/postgresql 2>/dev/null | sort -n); do
    if [ "$version" -ge 15 ] 2>/dev/null && [ -x "/usr/lib/postgresql/$version/bin/initdb" ]; then
        bin=/usr/lib/postgresql/$version/bin
    fi
done
if [ -z "$bin" ]; then
    echo "$0: PostgreSQL 15 or later is not installed (apt-get install postgresql)" >&2
    exit 69
fi

# The server refuses to run as root.
folder=$(mktemp -d "${TMPDIR:-/tmp}/verbatim-postgres.XXXXXX") || exit 69
if [ "$(id -u)" -eq 0 ]; then
    chown postgres "$folder"
    as_owner() { (cd "$folder" && runuser -u postgres -- "$@"); }
else
    as_owner() { (cd "$folder" && "$@"); }
fi

# shellcheck disable=SC2317  # called by the traps
stop() {
    as_owner "$bin/pg_ctl" -D "$folder/data" -m immediate -w stop >/dev/null 2>&1
    rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# fsync stays on: the tests are about durability. No TCP, so no port to collide with.
if ! as_owner "$bin/initdb" -D "$folder/data" -U postgres -A trust -E UTF8 --locale=C >"$folder/log" 2>&1 ||
    ! as_owner "$bin/pg_ctl" -D "$folder/data" -l "$folder/server.log" -w -t 60 \
        -o "-c listen_addresses='' -c unix_socket_directories='$folder' -c max_connections=100 -c fsync=on" start >>"$folder/log" 2>&1; then
    cat "$folder/log" "$folder/server.log" >&2 2>/dev/null
    exit 69
fi

VERBATIM_TEST_POSTGRES="postgresql://postgres@/postgres?host=$folder"
export VERBATIM_TEST_POSTGRES
"$@"
