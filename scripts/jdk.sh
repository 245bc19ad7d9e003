# Sourced. Finds a JDK 25 and exports JAVA_HOME, or says in one line how to get one and returns 1.

stoa_is_jdk25() {
  [ -x "$1/bin/javac" ] && [ -f "$1/release" ] && grep -q '^JAVA_VERSION="25[.\"]' "$1/release"
}

stoa_find_jdk() {
  local from_path="" candidate
  if command -v javac >/dev/null 2>&1; then
    from_path=$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")
  fi
  for candidate in "${JAVA_HOME:-}" "$from_path" /usr/lib/jvm/*25* /opt/java/*25* /opt/*jdk*25* \
    "$HOME"/.sdkman/candidates/java/25* "$HOME"/.jdks/*25* \
    /Library/Java/JavaVirtualMachines/*25*/Contents/Home; do
    if [ -n "$candidate" ] && stoa_is_jdk25 "$candidate"; then
      export JAVA_HOME="$candidate"
      return 0
    fi
  done
  echo "stoa: JDK 25 not found; install it (Debian with the Adoptium repository: apt install temurin-25-jdk) or set JAVA_HOME" >&2
  return 1
}

# What the server runs with, and what measures it: docs/decisions/0027.
stoa_jvm=(-XX:+UseG1GC -XX:G1ConcRefinementThreads=0 -XX:+UseCompactObjectHeaders)
if [ "$(uname -s)" = Linux ]; then
  # Where the kernel has no huge pages the JVM would only warn.
  stoa_jvm+=(-XX:+UseTransparentHugePages -Xlog:pagesize=off)
fi
