#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hadolint has nothing to say of any Dockerfile. Usage: check_dockerfiles.sh ROOT
set -euo pipefail
hadolint=$("$(dirname "$0")/linters.sh" path hadolint)
cd "$1"
mapfile -d '' files < <(find . \( -name build -o -name .git \) -prune -o -name 'Dockerfile*' -type f -print0)
[ ${#files[@]} -ge 3 ] || { echo "only ${#files[@]} Dockerfiles found" >&2 && exit 1; }
"$hadolint" --no-color --failure-threshold style "${files[@]}"
