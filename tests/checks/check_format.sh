#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Every source file is as clang-format would write it, in the version of linters.txt: each writes
# otherwise. Usage: check_format.sh ROOT
set -euo pipefail
clang_format=$("$(dirname "$0")/linters.sh" path clang-format)
find "$1/src" "$1/tests" "$1/cmake" \( -name '*.cc' -o -name '*.h' \) -print0 |
  xargs -0 "$clang_format" --dry-run -Werror
