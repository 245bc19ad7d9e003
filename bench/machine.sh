# Sourced, after jdk.sh. Prints what a result has to say of the machine, under a title.

stoa_machine() {
  echo "# $1, $(date -u +%Y-%m-%d)"
  echo
  echo "- Machine: $(nproc) cores, $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1)"
  echo "- Kernel: $(uname -sr)"
  echo "- JDK: $("$JAVA_HOME/bin/java" -version 2>&1 | sed -n 2p)"
  echo "- Source: $(git -C "$2" rev-parse --short HEAD 2>/dev/null || echo unknown)"
  echo "- Load average before: $(cut -d' ' -f1-3 /proc/loadavg)"
}
