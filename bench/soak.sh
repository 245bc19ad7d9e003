#!/usr/bin/env bash
# A quarter of an hour of guests who come and go; prints a table and writes bench/results/<date>-soak.md.
# Arguments: --minutes 5 makes it shorter (and is not written).
# STOA_BENCH_BUILD=no takes what is built already; STOA_BENCH_LOOPBACK=yes stays out of network namespaces.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/scripts/jdk.sh"
. "$root/bench/machine.sh"
. "$root/bench/namespaces.sh"
stoa_find_jdk
work="$root/bench/results/tmp/soak"
result="$root/bench/results/$(date -u +%Y-%m-%d)-soak.md"
[ $# -eq 0 ] || result="$work/partial.md"

if [ "${STOA_BENCH_BUILD:-yes}" != no ]; then
  "$root/scripts/maven.sh" -q -DskipTests -pl app,../bench,../bench/load -am install
fi
cp "$root"/bench/load/target/stoa-bench-load-*.jar "$root/bench/load/target/dist/"
rm -rf "$work"
mkdir -p "$work"
stoa_namespaces

{
  stoa_machine "Soak" "$root"
  echo
  status=0
  stoa_in_load timeout 1800 "$JAVA_HOME/bin/java" -XX:+UseZGC -XX:+UseCompactObjectHeaders -Xms256m -Xmx1g \
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -cp "$root/bench/load/target/dist/*" dev.stoa.bench.load.SoakBench \
    --stoa "$root/stoa" --work "$work" --namespace "$stoa_server_ns" --address "$stoa_address" "$@" || status=$?
  [ $status -eq 0 ] || echo "- FAILED: ended with status $status"
} | tee "$result"
! grep -q '^- FAILED' "$result"
