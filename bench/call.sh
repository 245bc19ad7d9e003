#!/usr/bin/env bash
# Join time in Chromium and CPU per forwarded packet; prints tables and writes bench/results/<date>-call.md.
# STOA_BENCH_BUILD=no takes what is built already.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/scripts/jdk.sh"
stoa_find_jdk
work="$root/bench/results/tmp"
mkdir -p "$work"

if [ "${STOA_BENCH_BUILD:-yes}" != no ]; then
  [ -d "$root/server/app/target/dist" ] || make -C "$root" build
  "$root/scripts/maven.sh" -q -DskipTests -pl media/io,media/sim,media/crypto -am install
  "$root/scripts/maven.sh" -q -DskipTests -f "$root/bench/pom.xml" package
fi

machine() {
  echo "# Calls, $(date -u +%Y-%m-%d)"
  echo
  echo "- Machine: $(nproc) cores, $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1)"
  echo "- Kernel: $(uname -sr)"
  echo "- JDK: $("$JAVA_HOME/bin/java" -version 2>&1 | sed -n 2p)"
  echo "- libcrypto: $(openssl version 2>/dev/null || echo unknown)"
  echo "- Source: $(git -C "$root" rev-parse --short HEAD 2>/dev/null || echo unknown)"
  echo "- Load average before: $(cut -d' ' -f1-3 /proc/loadavg)"
}

join() {
  "$root/scripts/packages.sh" chromium=chromium ffmpeg=ffmpeg
  STOA_BENCH_JOIN="$work/join.md" timeout 120 \
    "$root/scripts/npm.sh" exec --workspace e2e -- vitest run --config vitest.bench.config.ts >"$work/join.log" 2>&1
}

forward() {
  cp "$root"/bench/target/stoa-bench-*.jar "$root/bench/target/dist/"
  # The options of ./stoa; the servers get the same.
  timeout 1500 "$JAVA_HOME/bin/java" "${stoa_jvm[@]}" -Xms128m -Xmx1g \
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -cp "$root/bench/target/dist/*" dev.stoa.bench.CallBench >"$work/forward.md"
}

rm -f "$work"/*.md
machine >"$work/machine.md"
join || { tail -40 "$work/join.log" >&2; exit 1; }
forward
{
  cat "$work/machine.md"
  printf '\n## Join\n\n'
  cat "$work/join.md"
  printf '\n## Forwarding\n\n'
  cat "$work/forward.md"
  echo "- Load average after: $(cut -d' ' -f1-3 /proc/loadavg)"
} | tee "$root/bench/results/$(date -u +%Y-%m-%d)-call.md"
