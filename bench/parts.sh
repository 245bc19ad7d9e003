#!/usr/bin/env bash
# CPU of sealing and of sending alone; prints tables and writes bench/results/<date>-parts.md.
# STOA_BENCH_BUILD=no takes what is built already.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/scripts/jdk.sh"
stoa_find_jdk

if [ "${STOA_BENCH_BUILD:-yes}" != no ]; then
  "$root/scripts/packages.sh" lib:libIPSec_MB.so=libipsec-mb2,libipsec-mb1
  "$root/scripts/maven.sh" -q -DskipTests -pl media/io,media/sim,media/crypto -am install
  "$root/scripts/maven.sh" -q -DskipTests -f "$root/bench/pom.xml" package
fi
cp "$root"/bench/target/stoa-bench-*.jar "$root/bench/target/dist/"
mkdir -p "$root/bench/results"
{
  echo "# Parts of forwarding, $(date -u +%Y-%m-%d)"
  echo
  echo "- Machine: $(nproc) cores, $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1)"
  echo "- Kernel: $(uname -sr)"
  echo "- JDK: $("$JAVA_HOME/bin/java" -version 2>&1 | sed -n 2p)"
  echo "- Source: $(git -C "$root" rev-parse --short HEAD 2>/dev/null || echo unknown)"
  echo "- Load average: $(cut -d' ' -f1-3 /proc/loadavg)"
  echo
  "$JAVA_HOME/bin/java" "${stoa_jvm[@]}" -Xmx256m -XX:MaxDirectMemorySize=512m \
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -cp "$root/bench/target/dist/*" dev.stoa.bench.PartsBench
} | tee "$root/bench/results/$(date -u +%Y-%m-%d)-parts.md"
