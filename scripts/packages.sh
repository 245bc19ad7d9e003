#!/usr/bin/env bash
# Installs the Debian packages that provide the given commands or libraries, when one is missing.
# Usage: scripts/packages.sh command=package file:pattern=package lib:libname.so=package[,alternative] ...
# A command must be there in the end, and so must a file (file: and a pattern of its path, for commands that packages put
# aside). A library (lib: and how its file name begins) is welcome, but what needs it has
# to work without: it is installed where that is possible without a question, else the script says so.
set -euo pipefail

has() {
  case "$1" in
    lib:*) PATH=$PATH:/sbin ldconfig -p 2>/dev/null | grep -qF "${1#lib:}" ;;
    file:*) compgen -G "${1#file:}" >/dev/null ;;
    *) command -v "$1" >/dev/null 2>&1 ;;
  esac
}

install() {
  local as_root=()
  [ "$(id -u)" -eq 0 ] || as_root=(sudo "${sudo_options[@]}")
  "${as_root[@]}" apt-get update -qq || return 1
  local alternatives name chosen known=()
  for alternatives in "$@"; do
    chosen=
    for name in ${alternatives//,/ }; do
      if apt-cache show "$name" >/dev/null 2>&1; then
        chosen=$name
        break
      fi
    done
    [ -n "$chosen" ] || { echo "stoa: no package ${alternatives//,/ or } for this machine" >&2; return 1; }
    known+=("$chosen")
  done
  echo "stoa: installing ${known[*]}"
  DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${known[@]}" >/dev/null
}

commands=()
libraries=()
for pair in "$@"; do
  has "${pair%%=*}" && continue
  case "$pair" in
    lib:*) libraries+=("${pair#*=}") ;;
    *) commands+=("${pair#*=}") ;;
  esac
done

sudo_options=()
if [ ${#commands[@]} -gt 0 ]; then
  if ! command -v apt-get >/dev/null 2>&1; then
    echo "stoa: please install: ${commands[*]}" >&2
    exit 1
  fi
  install "${commands[@]}"
fi

sudo_options=(-n)
if [ ${#libraries[@]} -gt 0 ]; then
  { command -v apt-get >/dev/null 2>&1 && install "${libraries[@]}"; } || echo "stoa: goes on without ${libraries[*]}"
fi
