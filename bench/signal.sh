#!/usr/bin/env bash
# Signalling under load; prints a table and writes bench/results/<date>-signal.md. Arguments as in SignalBench
# (`room store large`, `large=5000`) make it shorter, and are written to <date>-signal-<scenarios>.md with
# STOA_BENCH_SAVE=yes only. STOA_BENCH_BUILD=no takes what is built already.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/scripts/jdk.sh"
. "$root/bench/machine.sh"
stoa_find_jdk
work="$root/bench/results/tmp/signal"
result="$root/bench/results/$(date -u +%Y-%m-%d)-signal.md"
if [ $# -gt 0 ]; then
  scenarios=$(tr ' =' '-' <<<"$*")
  [ "${STOA_BENCH_SAVE:-no}" = yes ] && result="${result%.md}-$scenarios.md" || result="$work/partial.md"
fi
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
{
  stoa_machine "Signalling" "$root"
  echo "- Server and load share the machine; file descriptors per process: $(ulimit -n); server with $STOA_JAVA_OPTS"
  echo
  status=0
  "$JAVA_HOME/bin/java" -XX:+UseParallelGC -XX:+UseCompactObjectHeaders -Xms512m -Xmx3g \
    -cp "$root/bench/signal/target/dist/*" dev.stoa.bench.signal.SignalBench "$root" "${scenarios[@]}" \
    2>"$work/errors.log" || status=$?
  echo
  [ $status -eq 0 ] || echo "- FAILED: the load ended with status $status: $(tail -n 1 "$work/errors.log")"
  echo "- Load average after: $(cut -d' ' -f1-3 /proc/loadavg)"
} | tee "$result"
! grep -q '^- FAILED' "$result"
