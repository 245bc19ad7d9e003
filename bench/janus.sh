#!/usr/bin/env bash
# A Janus videoroom beside our server, fed the same way; prints a table and writes bench/results/<date>-janus.md.
# Installs Debian's janus when it is missing. Needs root, for the network namespaces that hold both.
# Arguments go to the comparison: --viewers 50, --rounds 3, --event-loops 0 (and are not written).
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/scripts/jdk.sh"
. "$root/bench/machine.sh"
. "$root/bench/namespaces.sh"
stoa_find_jdk
work="$root/bench/results/tmp/janus"
result="$root/bench/results/$(date -u +%Y-%m-%d)-janus.md"
[ $# -eq 0 ] || result="$work/partial.md"

"$root/scripts/packages.sh" janus=janus
if [ "${STOA_BENCH_BUILD:-yes}" != no ]; then
  "$root/scripts/maven.sh" -q -DskipTests -pl app,../bench,../bench/load -am install
fi
cp "$root"/bench/load/target/stoa-bench-load-*.jar "$root/bench/load/target/dist/"
rm -rf "$work"
mkdir -p "$work"
stoa_namespaces
if [ -z "$stoa_server_ns" ]; then
  echo "stoa: no network namespaces here; Janus is only started inside one" >&2
  exit 1
fi

{
  stoa_machine "Beside Janus" "$root"
  echo "- Janus: $(janus --version 2>&1 | sed -n 's/^Janus version:.*(\(.*\))/\1/p'), videoroom"
  echo
  stoa_in_load timeout 400 "$JAVA_HOME/bin/java" "${stoa_jvm[@]}" -Xms256m -Xmx1g \
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -cp "$root/bench/load/target/dist/*" dev.stoa.bench.load.janus.JanusBench \
    --stoa "$root/stoa" --work "$work" --namespace "$stoa_server_ns" --address "$stoa_address" "$@"
  echo
  echo "- Load average after: $(cut -d' ' -f1-3 /proc/loadavg)"
} | tee "$result"
