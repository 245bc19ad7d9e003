#!/usr/bin/env bash
# Loads the whole server with rooms full of people; prints a table and writes bench/results/<date>-load.md.
# Arguments go to the load generator: --only webinar,churn and --scale 0.1 make it shorter (and are not written).
# STOA_BENCH_BUILD=no takes what is built already; STOA_BENCH_LOOPBACK=yes stays out of network namespaces.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/scripts/jdk.sh"
. "$root/bench/machine.sh"
. "$root/bench/namespaces.sh"
stoa_find_jdk
work="$root/bench/results/tmp/load"
result="$root/bench/results/$(date -u +%Y-%m-%d)-load.md"
[ $# -eq 0 ] || result="$work/partial.md"

if [ "${STOA_BENCH_BUILD:-yes}" != no ]; then
  "$root/scripts/packages.sh" lib:libIPSec_MB.so=libipsec-mb2,libipsec-mb1
  "$root/scripts/maven.sh" -q -DskipTests -pl app,../bench,../bench/load -am install
fi
cp "$root"/bench/load/target/stoa-bench-load-*.jar "$root/bench/load/target/dist/"
rm -rf "$work"
mkdir -p "$work"
stoa_namespaces

{
  stoa_machine "Load" "$root"
  if [ -n "$stoa_server_ns" ]; then
    echo "- Network: server and load each in a namespace of their own, joined by veth"
  else
    echo "- Network: loopback (no network namespaces here)"
  fi
  echo
  status=0
  stoa_in_load timeout 900 "$JAVA_HOME/bin/java" -XX:+UseZGC -XX:+UseCompactObjectHeaders -Xms256m -Xmx2g \
    -XX:MaxDirectMemorySize=1g --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -cp "$root/bench/load/target/dist/*" dev.stoa.bench.load.LoadBench \
    --stoa "$root/stoa" --work "$work" --namespace "$stoa_server_ns" --address "$stoa_address" "$@" || status=$?
  [ $status -eq 0 ] || echo "- The load generator ended with status $status"
  echo "- Load average after: $(cut -d' ' -f1-3 /proc/loadavg)"
} | tee "$result"
! grep -qE '^- (FAILED|The load generator ended)' "$result"
