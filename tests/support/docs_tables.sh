#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Prints a table of docs/ as the code has it; a test compares the two.
# Usage: docs_tables.sh outputs BINARY | inputs | exit-codes
set -euo pipefail
root=$(realpath "$(dirname "$0")/../..")

exit_code_table() {
  echo '| code | means |'
  echo '| --- | --- |'
  sed -nE 's|^  k[A-Za-z]+ = ([0-9]+), +// (.*)$|\| \1 \| \2 \||p' "$root/src/base/error.h"
  echo '| 128+n | stopped by signal n: files restored |'
}

outputs_table() {
  echo '| output | tells |'
  echo '| --- | --- |'
  "$1" help outputs | sed -nE 's/^  ([a-z_]+) +(.*)$/| `\1` | \2 |/p'
}

# The inputs of action.yml that are no settings.
inputs_table() {
  echo '| input | means |'
  echo '| --- | --- |'
  sed -n '/^inputs:/,/# The settings/p' "$root/action.yml" |
    sed -nE "/^  ([a-z_]+):\$/{s//\1/;h;n;s/^    description: '(.*)'\$/\1/;H;x;s/^(.*)\n(.*)\$/| \\\`\1\\\` | \2 |/p}"
}

case $1 in
  outputs) outputs_table "$2" ;;
  inputs) inputs_table ;;
  exit-codes) exit_code_table ;;
  *) echo "usage: docs_tables.sh outputs BINARY | inputs | exit-codes" >&2 && exit 2 ;;
esac
