# Sourced. Gives server and load a network namespace each, joined by a veth pair, when this machine allows that.
# Sets stoa_server_ns, stoa_load_ns (empty on loopback) and stoa_address. They go when the shell ends.

stoa_server_ns="" stoa_load_ns="" stoa_address=127.0.0.1

# Addresses of RFC 2544, for benchmarks: they exist inside the two namespaces alone.
stoa_namespaces() {
  local server="stoa-server-$$" load="stoa-load-$$"
  [ "${STOA_BENCH_LOOPBACK:-no}" = no ] && [ "$(id -u)" -eq 0 ] && command -v ip >/dev/null || return 0
  trap stoa_namespaces_end EXIT
  if ip netns add "$server" 2>/dev/null && ip netns add "$load" 2>/dev/null &&
    ip link add stoa0 netns "$server" type veth peer name stoa1 netns "$load" 2>/dev/null &&
    ip -n "$server" addr add 198.18.0.1/30 dev stoa0 && ip -n "$load" addr add 198.18.0.2/30 dev stoa1 &&
    ip -n "$server" link set lo up && ip -n "$load" link set lo up &&
    ip -n "$server" link set stoa0 up && ip -n "$load" link set stoa1 up &&
    ip -n "$server" -br addr show dev stoa0 | grep -q 198.18.0.1 &&
    ip -n "$load" -br addr show dev stoa1 | grep -q 198.18.0.2; then
    stoa_server_ns=$server stoa_load_ns=$load stoa_address=198.18.0.1
  else
    stoa_namespaces_end
  fi
}

stoa_namespaces_end() {
  local name
  for name in "stoa-server-$$" "stoa-load-$$"; do
    ip netns del "$name" 2>/dev/null || true
  done
  stoa_server_ns="" stoa_load_ns="" stoa_address=127.0.0.1
}

# What runs a command where the load is.
stoa_in_load() {
  if [ -n "$stoa_load_ns" ]; then
    ip netns exec "$stoa_load_ns" "$@"
  else
    "$@"
  fi
}
