#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# ansible-core for the tests, from PyPI, once. Prints the directory of its programs; exits 125 with a reason where it
# cannot be had.
# shellcheck disable=SC2154 # what getting.sh sets
set -euo pipefail
version=2.17.14
. "$(dirname "$(realpath "$0")")/../platforms/clients/getting.sh"
target=$cache/ansible-core-$version
if [ ! -x "$target/bin/ansible-playbook" ]; then
  begin_getting
  mkdir -p "$cache"
  exec 9>"$target.lock"
  flock -w 300 9
  [ -x "$target/bin/ansible-playbook" ] || rm -rf "$target"
  python3 -m venv "$target" >"$log" 2>&1 || none 'no Python environment can be made'
  "$target/bin/pip" install --quiet --only-binary :all: "ansible-core==$version" >"$log" 2>&1 ||
    { rm -rf "$target" && none "ansible-core $version is not to be had from PyPI"; }
fi
echo "$target/bin"
