#!/usr/bin/env bash
# Loads the whole server with rooms full of people; prints a table and writes bench/results/<date>-load.md.
# Arguments go to the load generator: --only webinar,churn and --scale 0.1 make it shorter (and are not written).
# For the environment see loading.sh.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/bench/loading.sh"
stoa_loading load "$@"

{
  stoa_machine "Load" "$root"
  if [ -n "$stoa_server_ns" ]; then
    echo "- Network: server and load each in a namespace of their own, joined by veth"
  else
    echo "- Network: loopback (no network namespaces here)"
  fi
  echo
  status=0
  stoa_generator 900 LoadBench "$work" "$@" || status=$?
  [ $status -eq 0 ] || echo "- The load generator ended with status $status"
  echo "- Load average after: $(cut -d' ' -f1-3 /proc/loadavg)"
} | tee "$result"
! grep -qE '^- (FAILED|The load generator ended)' "$result"
