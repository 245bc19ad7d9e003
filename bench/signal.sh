#!/usr/bin/env bash
# Signalling under load; prints a table and writes bench/results/<date>-signal.md. Arguments as in SignalBench
# (`room store large`, `large=5000`). STOA_BENCH_BUILD=no takes what is built already.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/scripts/jdk.sh"
stoa_find_jdk
work="$root/bench/results/tmp"
mkdir -p "$work"

if [ "${STOA_BENCH_BUILD:-yes}" != no ]; then
  [ -d "$root/server/app/target/dist" ] || make -C "$root" build
  "$root/scripts/maven.sh" -q -DskipTests -f "$root/bench/signal/pom.xml" package
fi
cp "$root"/bench/signal/target/stoa-bench-signal-*.jar "$root/bench/signal/target/dist/"
ulimit -n "$(ulimit -Hn)"
# Each peer holds one file descriptor of the server, and one of the load.
most=$(($(ulimit -n) > 20500 ? 20000 : $(ulimit -n) - 500))
scenarios=("$@")
[ $# -gt 0 ] || scenarios=(room store "large=$most")

# 20,000 peers of one room need more than the launcher's usual gigabyte.
export STOA_JAVA_OPTS="${STOA_JAVA_OPTS:--Xmx3g}"
"$JAVA_HOME/bin/java" -XX:+UseParallelGC -XX:+UseCompactObjectHeaders -Xms512m -Xmx3g \
  -cp "$root/bench/signal/target/dist/*" dev.stoa.bench.signal.SignalBench "$root" "${scenarios[@]}" >"$work/signal.md"
{
  echo "# Signalling, $(date -u +%Y-%m-%d)"
  echo
  echo "- Machine: $(nproc) cores, $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1); server and load share them"
  echo "- Kernel: $(uname -sr), file descriptors per process: $(ulimit -n)"
  echo "- JDK: $("$JAVA_HOME/bin/java" -version 2>&1 | sed -n 2p), server with $STOA_JAVA_OPTS"
  echo "- Source: $(git -C "$root" rev-parse --short HEAD 2>/dev/null || echo unknown)"
  echo "- Load average at the end: $(cut -d' ' -f1-3 /proc/loadavg)"
  echo
  cat "$work/signal.md"
} | tee "$root/bench/results/$(date -u +%Y-%m-%d)-signal.md"
