#!/usr/bin/env bash
# npm on the web workspaces; installs what the lock file says when it has changed since the last time.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/scripts/node.sh"
stoa_check_node
cd "$root/web"
if [ ! -f node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  npm ci --no-audit --no-fund
  touch node_modules/.package-lock.json
fi
[ $# -eq 0 ] || exec npm "$@"
