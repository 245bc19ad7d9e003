#!/usr/bin/env bash
# Lists of sessions in large databases; prints a table and writes bench/results/<date>-store.md. The argument is the number
# of sessions (default 1000000); runs of another size are only printed. STOA_BENCH_BUILD=no takes what is built already.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/scripts/jdk.sh"
. "$root/bench/machine.sh"
stoa_find_jdk
sessions="${1:-1000000}"
work="$root/bench/results/tmp"
mkdir -p "$work"
result="$root/bench/results/$(date -u +%Y-%m-%d)-store.md"
[ "$sessions" = 1000000 ] || result="$work/store.md"

if [ "${STOA_BENCH_BUILD:-yes}" != no ]; then
  "$root/scripts/packages.sh" 'file:/usr/lib/postgresql/*/bin/initdb=postgresql'
  "$root/scripts/maven.sh" -q -DskipTests -pl store,../bench/store -am install
fi
cp "$root"/bench/store/target/stoa-bench-store-*.jar "$root/bench/store/target/dist/"
stoa_machine "Lists of sessions" "$root" >"$work/store-machine.md"
# A list above its limit ends the program with 1, after the table.
status=0
"$JAVA_HOME/bin/java" -XX:+UseSerialGC -Xms256m -Xmx512m --enable-native-access=ALL-UNNAMED \
  -cp "$root/bench/store/target/dist/*" dev.stoa.bench.store.StoreBench "$sessions" >"$work/store-table.md" || status=$?
{
  cat "$work/store-machine.md"
  echo "- Load average at the end: $(cut -d' ' -f1-3 /proc/loadavg)"
  echo
  cat "$work/store-table.md"
} | tee "$result"
exit "$status"
