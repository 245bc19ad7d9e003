#!/usr/bin/env bash
# Picture quality on bad links: builds the link emulator when it changed, then makes calls through it.
# Usage: bench/quality.sh [--quick] [--only b,c] [--seconds 20] [--height 720] [--seed 1] [--save]
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/scripts/jdk.sh"
stoa_find_jdk
"$root/scripts/packages.sh" chromium=chromium ffmpeg=ffmpeg
"$root/scripts/npm.sh"
[ -d "$root/server/app/target/dist" ] || make -C "$root" build
link="$root/bench/link"
if [ ! -d "$link/target/dist" ] || [ -n "$(find "$link/src/main" "$link/pom.xml" -newer "$link/target/dist" -print -quit)" ]; then
  "$root/scripts/maven.sh" -q -pl ../bench/link -am package -DskipTests
  touch "$link/target/dist"
fi
cd "$root/web/e2e"
exec node quality/run.js "$@"
