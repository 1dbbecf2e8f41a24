#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Takes a picture of a page as Chromium shows it. Usage: shoot.sh PAGE.html OUT.png WIDTH HEIGHT [CHROMIUM'S OPTION…]
set -euo pipefail
page=$(realpath "$1") out=$(realpath -m "$2") width=$3 height=$4
shift 4
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
[ "$(id -u)" != 0 ] || set -- "$@" --no-sandbox
chromium --headless=new "$@" --disable-gpu --disable-dev-shm-usage --no-first-run --hide-scrollbars \
  --user-data-dir="$scratch/profile" --window-size="$width,$height" --screenshot="$out" "file://$page" >"$scratch/log" 2>&1 ||
  { cat "$scratch/log" >&2; exit 1; }
