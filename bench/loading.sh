# Sourced by the scripts that load the whole server with people.

# stoa_loading NAME [ARGUMENT...]: builds, and makes what the load generator needs. Sets `work`, and `result`, which is
# kept only when there are no arguments. STOA_BENCH_BUILD=no takes what is built already; STOA_BENCH_LOOPBACK=yes stays
# out of network namespaces.
stoa_loading() {
  local name=$1
  shift
  . "$root/scripts/jdk.sh"
  . "$root/bench/machine.sh"
  . "$root/bench/namespaces.sh"
  stoa_find_jdk
  work="$root/bench/results/tmp/$name"
  result="$root/bench/results/$(date -u +%Y-%m-%d)-$name.md"
  [ $# -eq 0 ] || result="$work/partial.md"
  if [ "${STOA_BENCH_BUILD:-yes}" != no ]; then
    "$root/scripts/packages.sh" lib:libIPSec_MB.so=libipsec-mb2,libipsec-mb1
    "$root/scripts/maven.sh" -q -DskipTests -pl app,../bench,../bench/load -am install
  fi
  cp "$root"/bench/load/target/stoa-bench-load-*.jar "$root/bench/load/target/dist/"
  rm -rf "$work"
  mkdir -p "$work"
  stoa_namespaces
}

# stoa_generator SECONDS MAIN WORK [ARGUMENT...]: runs a load generator, for at most so long.
stoa_generator() {
  local seconds=$1 main=$2 where=$3
  shift 3
  stoa_in_load timeout "$seconds" "$JAVA_HOME/bin/java" "${stoa_jvm[@]}" -Xms256m -Xmx2g \
    -XX:MaxDirectMemorySize=1g -Dlogback.configurationFile=generator-logging.xml \
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -cp "$root/bench/load/target/dist/*" "dev.stoa.bench.load.$main" \
    --stoa "$root/stoa" --work "$where" --namespace "$stoa_server_ns" --address "$stoa_address" "$@"
}
