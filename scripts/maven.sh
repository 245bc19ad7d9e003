#!/usr/bin/env bash
# Maven on the server modules, under JDK 25.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/scripts/jdk.sh"
stoa_find_jdk
"$root/scripts/packages.sh" mvn=maven
cd "$root/server"
exec mvn --batch-mode --no-transfer-progress "$@"
