#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Every source file is as clang-format would write it. Usage: check_format.sh ROOT
set -euo pipefail
command -v clang-format >/dev/null || { echo 'skipped: clang-format is not installed here'; exit 125; }
find "$1/src" "$1/tests" "$1/cmake" \( -name '*.cc' -o -name '*.h' \) -print0 |
  xargs -0 clang-format --dry-run -Werror
