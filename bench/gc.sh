#!/usr/bin/env bash
# Collectors and object headers under a meeting and under people coming and going; writes bench/results/<date>-gc.md.
# Arguments go to the load generator: --scale 0.5 makes it shorter (and is not written).
# STOA_BENCH_BUILD=no takes what is built already; STOA_BENCH_LOOPBACK=yes stays out of network namespaces.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/scripts/jdk.sh"
. "$root/bench/machine.sh"
. "$root/bench/namespaces.sh"
stoa_find_jdk
work="$root/bench/results/tmp/gc"
result="$root/bench/results/$(date -u +%Y-%m-%d)-gc.md"
[ $# -eq 0 ] || result="$work/partial.md"

if [ "${STOA_BENCH_BUILD:-yes}" != no ]; then
  "$root/scripts/maven.sh" -q -DskipTests -pl app,../bench,../bench/load -am install
fi
cp "$root"/bench/load/target/stoa-bench-load-*.jar "$root/bench/load/target/dist/"
rm -rf "$work"
mkdir -p "$work"
stoa_namespaces

# The launcher's own options come first; these come after and win.
load() {
  local label=$1
  shift
  local options=()
  for option in $1; do options+=(--java-option="$option"); done
  shift
  stoa_in_load timeout 300 "$JAVA_HOME/bin/java" -XX:+UseZGC -XX:+UseCompactObjectHeaders -Xms256m -Xmx1g \
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -cp "$root/bench/load/target/dist/*" dev.stoa.bench.load.LoadBench \
    --stoa "$root/stoa" --work "$work/$label" --namespace "$stoa_server_ns" --address "$stoa_address" \
    --only meeting,churn --label "$label: " "${options[@]}" "$@" || echo "- FAILED: $label"
}

{
  stoa_machine "Collectors" "$root"
  echo
  off="-XX:-UseZGC"
  {
    load zgc "" "$@"
    load zgc-wide-headers "-XX:-UseCompactObjectHeaders" "$@"
    load g1 "$off -XX:+UseG1GC" "$@"
    load parallel "$off -XX:+UseParallelGC" "$@"
    load serial "$off -XX:+UseSerialGC" "$@"
  } | awk '/^\| what/ || /^\|---/ { if (!seen[$0]++) print; next } /^\|/ { print } /^-/ { notes = notes $0 "\n" } END { printf "\n%s", notes }'
  echo "- Load average after: $(cut -d' ' -f1-3 /proc/loadavg)"
} | tee "$result"
! grep -q '^- FAILED' "$result"
