#!/usr/bin/env bash
# Collectors and object headers under a meeting and under people coming and going; writes bench/results/<date>-gc.md.
# Arguments go to the load generator: --scale 0.5 makes it shorter (and is not written).
# For the environment see loading.sh.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/bench/loading.sh"
stoa_loading gc "$@"

# The launcher's own options come first; these come after and win.
load() {
  local label=$1 options=()
  for option in $2; do options+=(--java-option="$option"); done
  shift 2
  stoa_generator 300 LoadBench "$work/$label" --only meeting,churn --label "$label: " "${options[@]}" "$@" ||
    echo "- FAILED: $label"
}

{
  stoa_machine "Collectors" "$root"
  echo
  {
    load g1-huge "" "$@"
    load g1-huge-wide-headers "-XX:-UseCompactObjectHeaders" "$@"
    load g1 "-XX:-UseTransparentHugePages" "$@"
    load parallel-huge "-XX:-UseG1GC -XX:+UseParallelGC" "$@"
    load zgc "-XX:-UseG1GC -XX:+UseZGC -XX:-UseTransparentHugePages" "$@"
  } | awk '/^\| what/ || /^\|---/ { if (!seen[$0]++) print; next } /^\|/ { print } /^-/ { notes = notes $0 "\n" } END { printf "\n%s", notes }'
  echo "- Load average after: $(cut -d' ' -f1-3 /proc/loadavg)"
} | tee "$result"
! grep -q '^- FAILED' "$result"
