#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Installs what is missing of the named parts of packages.txt: install_packages.sh [--print] PART…
# Says what it installs; what apt says is shown only if it fails. Without apt it looks whether all is
# there; what only some tests need (`tools`, `container`) may be missing, and those are skipped.
#   --print  names the packages that this machine's release has for them, and installs nothing
# With `build` comes libcurl's source, which is no package's file.
set -eu
list=$(dirname "$0")/packages.txt
print=
[ "${1-}" != --print ] || { print=yes && shift; }

# wanted PARTS COLUMN
wanted() {
  awk -F ' :( |$)' -v parts=" $1 " -v column="$2" '
    /^#: / { part = substr($0, 4) }
    !/^#/ && NF && index(parts, " " part " ") { print $column }' "$list"
}

has_header() { echo "#include <$1>" | c++ -x c++ -E - >/dev/null 2>&1; }
has_archive() { [ "$(c++ -print-file-name="$1" 2>/dev/null)" != "$1" ]; }
has_module() { python3 -c "import $1" 2>/dev/null; }

# What is not there, by the names of its makers.
absent() {
  wanted "$*" 0 | while IFS= read -r line; do
    rest=${line#* : }
    for proof in ${rest#* :}; do
      case $proof in
        *.a) has_archive "$proof" ;;
        *.h | *.hpp) has_header "$proof" ;;
        *.py) has_module "${proof%.py}" ;;
        *) command -v "$proof" >/dev/null ;;
      esac || { echo "  ${rest%% :*} ($proof)" && break; }
    done
  done
}

go_without_apt() {
  if [ "$(uname -s)" != Linux ]; then
    echo 'backstep is for Linux; here its image can be built: docker build -t backstep .' >&2
    exit 1
  fi
  needed=
  for part in "$@"; do
    case $part in tools | container) ;; *) needed="$needed $part" ;; esac
  done
  not_there=$(absent "$@")
  [ -n "$not_there" ] || exit 0
  printf 'no apt-get here, and these are missing:\n%s\n' "$not_there" >&2
  # shellcheck disable=SC2086  # a list of words
  [ -z "$(absent $needed)" ] || exit 1
  echo 'going on: tests that need them are skipped'
}

# Another package may have brought it, which this one would push out.
is_there() {
  case $1 in
    busybox-static) ! command -v busybox >/dev/null || return 0 ;;
    docker.io) ! command -v dockerd >/dev/null || return 0 ;;
    docker-cli) ! command -v docker >/dev/null || return 0 ;;
  esac
  [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

is_offered() { apt-cache policy "$1" | grep -q '^  Candidate: [^(]'; }

# all QUESTION PACKAGE…
all() {
  question=$1
  shift
  for package in "$@"; do "$question" "$package" || return; done
}

# The first alternative that is there, else the first that apt offers, else the last.
# shellcheck disable=SC2086  # lists of words
choose() {
  case $1 in *' | '*) ;; *) echo "$1" && return ;; esac
  for question in is_there is_offered; do
    rest="$1 | "
    while [ -n "$rest" ]; do
      packages=${rest%% | *}
      rest=${rest#* | }
      if all $question $packages; then echo "$packages" && return; fi
    done
  done
  echo "$packages"
}

missing() {
  wanted "$*" 1 | while IFS= read -r line; do
    for package in $(choose "$line"); do
      is_there "$package" || printf ' %s' "$package"
    done
  done
}

if ! command -v apt-get >/dev/null; then
  go_without_apt "$@"
  exit 0
fi
if [ -n "$print" ]; then
  wanted "$*" 1 | while IFS= read -r line; do choose "$line"; done
  exit 0
fi
get_curl() { case " $* " in *' build '*) "$(dirname "$0")/../../cmake/curl_source.sh" ;; esac; }
if [ -z "$(missing "$@")" ]; then
  get_curl "$@"
  exit
fi

as_root=
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || { echo "neither root nor sudo; as root: apt-get install$(missing "$@")" >&2; exit 1; }
  as_root=sudo
fi
log=$(mktemp)
trap 'rm -f "$log"' EXIT
apt() { $as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 "$@" >>"$log" 2>&1 </dev/null; }
# What is offered is known only after the update.
apt update || { cat "$log" >&2; exit 1; }
packages=$(missing "$@")
echo "installing with apt-get:$packages"
# shellcheck disable=SC2086  # a list of words
apt install --no-install-recommends $packages || { cat "$log" >&2; exit 1; }
get_curl "$@"
