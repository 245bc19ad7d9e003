#!/usr/bin/env bash
# A quarter of an hour of guests who come and go; prints a table and writes bench/results/<date>-soak.md.
# Arguments: --minutes 5 makes it shorter (and is not written). For the environment see loading.sh.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/bench/loading.sh"
stoa_loading soak "$@"

{
  stoa_machine "Soak" "$root"
  echo
  status=0
  stoa_generator 1800 SoakBench "$work" "$@" || status=$?
  [ $status -eq 0 ] || echo "- FAILED: ended with status $status"
} | tee "$result"
! grep -q '^- FAILED' "$result"
