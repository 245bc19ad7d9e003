#!/usr/bin/env bash
# Our media server beside the peer pattern under bursts; prints a table and writes bench/results/<date>-bursts.md.
# STOA_BENCH_BUILD=no takes what is built already.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/scripts/jdk.sh"
. "$root/bench/machine.sh"
stoa_find_jdk

if [ "${STOA_BENCH_BUILD:-yes}" != no ]; then
  "$root/scripts/packages.sh" lib:libIPSec_MB.so=libipsec-mb2,libipsec-mb1
  "$root/scripts/maven.sh" -q -DskipTests -pl ../bench -am install
fi
cp "$root"/bench/target/stoa-bench-*.jar "$root/bench/target/dist/"
mkdir -p "$root/bench/results"
{
  stoa_machine "Bursts" "$root"
  echo
  timeout 240 "$JAVA_HOME/bin/java" "${stoa_jvm[@]}" -Xms256m -Xmx1g \
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -cp "$root/bench/target/dist/*" dev.stoa.bench.burst.BurstBench
} | tee "$root/bench/results/$(date -u +%Y-%m-%d)-bursts.md"
