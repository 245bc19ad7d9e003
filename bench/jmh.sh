#!/usr/bin/env bash
# JMH: parse, open, seal, forward with ns and bytes per operation; writes bench/results/<date>-jmh.md.
# Arguments go to JMH (a pattern of names, -f 3, …), and then only a table is printed.
# STOA_BENCH_BUILD=no takes what is built already.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/scripts/jdk.sh"
. "$root/bench/machine.sh"
stoa_find_jdk
result="$root/bench/results/$(date -u +%Y-%m-%d)-jmh.md"
mkdir -p "$root/bench/results/tmp"
[ $# -eq 0 ] || result="$root/bench/results/tmp/jmh.md"

if [ "${STOA_BENCH_BUILD:-yes}" != no ]; then
  "$root/scripts/packages.sh" lib:libIPSec_MB.so=libipsec-mb2,libipsec-mb1
  "$root/scripts/maven.sh" -q -DskipTests -pl ../bench/jmh -am install
fi
cp "$root"/bench/jmh/target/stoa-bench-jmh-*.jar "$root/bench/jmh/target/dist/"
csv="$root/bench/results/tmp/jmh.csv"
"$JAVA_HOME/bin/java" "${stoa_jvm[@]}" -Xms256m -Xmx512m \
  --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
  -cp "$root/bench/jmh/target/dist/*" org.openjdk.jmh.Main -prof gc -rf csv -rff "$csv" "$@" >&2
{
  stoa_machine "Single steps" "$root"
  echo
  echo "| what | ns per operation | ± | B per operation |"
  echo "|---|---|---|---|"
  # Columns: name, mode, threads, samples, score, error, unit, parameters.
  awk -F, 'NR > 1 {
    gsub(/"/, "")
    parameters = ""
    for (i = 8; i <= NF; i++) if ($i != "") parameters = parameters " " $i
    sub(/^dev\.stoa\.bench\.jmh\./, "", $1)
    if ($1 ~ /gc\.alloc\.rate\.norm/) {
      sub(/:.*/, "", $1)
      bytes[$1 parameters] = $5
    } else if ($1 !~ /:/) {
      order[++count] = $1 parameters
      score[$1 parameters] = $5
      error[$1 parameters] = $6
    }
  } END {
    for (i = 1; i <= count; i++)
      printf "| %s | %.1f | %.1f | %.2f |\n", order[i], score[order[i]], error[order[i]], bytes[order[i]]
  }' "$csv"
} | tee "$result"
