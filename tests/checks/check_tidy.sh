#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# clang-tidy has nothing to say of any source file. Usage: check_tidy.sh ROOT BUILD
set -euo pipefail
command -v clang-tidy >/dev/null || { echo 'skipped: clang-tidy is not installed here'; exit 125; }
# The compile commands of the tests' build are GCC's, with warnings and precompiled headers that
# clang does not know.
commands=$(mktemp -d)
trap 'rm -rf "$commands"' EXIT
sed -E 's/ -W[a-z-]+//g; s/ -include [^ ]*cmake_pch[^ ]*//g' "$2/compile_commands.json" >"$commands/compile_commands.json"
cd "$1"
find src -name '*.cc' -print0 |
  xargs -0 -n 4 -P "$(nproc)" clang-tidy -p "$commands" --quiet 2>/dev/null
