#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Makes the pictures of this folder from real runs of a shop with two services: the last screen as SVG, the page in
# light, in dark and on a phone as PNG. It needs Chromium. Usage: make.sh BINARY [DIRECTORY]
set -euo pipefail
binary=$(realpath "$1")
into=$(realpath "${2:-$(dirname "$0")}")
root=$(realpath "$(dirname "$0")/../..")
shop=$(mktemp -d)
trap 'rm -rf "$shop"' EXIT
cd "$shop"

export BACKSTEP=$binary
# shellcheck source=/dev/null
. "$root/tests/cli/lib.sh"
# shellcheck source=/dev/null
. "$root/tests/support/failures.sh"
shop
cat >>backstep.yml <<'YAML'
diagnose: 'echo "action_service | database at db:5432 has no table orders"'
report: [run.html]
YAML
"$binary" run >screen.txt 2>&1 || [ $? -eq 20 ]

# The last screen, from the empty line before it.
python3 - screen.txt "$into/console.svg" <<'PYTHON'
import html, sys, unicodedata

lines = open(sys.argv[1], encoding="utf-8").read().rstrip("\n").split("\n")
lines = ["$ backstep run", "…", *lines[max(at for at, line in enumerate(lines) if not line) + 1:]]
def width(line): return sum(2 if unicodedata.east_asian_width(c) == "W" else 1 for c in line)
wide, high = 16 + 8.5 * max(map(width, lines)), 16 + 20 * len(lines)
text = "".join(f'<text x="8" y="{24 + 20 * row}" xml:space="preserve">{html.escape(line)}</text>\n' for row, line in enumerate(lines))
open(sys.argv[2], "w", encoding="utf-8").write(
    f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:.0f} {high}" role="img">\n<title>the last screen of a run that failed</title>\n'
    f'<rect width="100%" height="100%" rx="6" fill="#0d1117"/>\n<g fill="#e6edf3" font-family="monospace" font-size="14">\n{text}</g></svg>\n')
PYTHON

# shoot NAME WIDTH SCHEME: 1 is light, 0 is dark. A window is never as narrow as a phone, a frame in it is.
shoot() {
  printf '<body style="margin:0"><iframe src="run.html" style="border:0;width:%spx;height:1500px"></iframe>' "$2" >frame.html
  local sandbox=()
  [ "$(id -u)" != 0 ] || sandbox=(--no-sandbox)
  chromium --headless=new "${sandbox[@]}" --disable-gpu --disable-dev-shm-usage --no-first-run --hide-scrollbars \
    --user-data-dir="$shop/profile" --blink-settings=preferredColorScheme="$3" --window-size="$2,1500" \
    --screenshot="$into/$1.png" "file://$shop/frame.html" >log 2>&1 || { cat log >&2; exit 1; }
}
shoot page-light 1000 1
shoot page-dark 1000 0
shoot page-phone 360 1
ls -l "$into"
