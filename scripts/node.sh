# Sourced. Checks for Node.js 20 or newer, or says in one line how to get it and returns 1.

stoa_check_node() {
  local major
  major=$(node --version 2>/dev/null | sed -n 's/^v\([0-9]*\).*/\1/p')
  if [ "${major:-0}" -ge 20 ] && command -v npm >/dev/null 2>&1; then
    return 0
  fi
  echo "stoa: Node.js 20 or newer with npm not found; install it (Debian 13: apt install nodejs npm, or see nodejs.org)" >&2
  return 1
}
