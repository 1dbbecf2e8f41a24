#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Makes the pictures of this folder from a real run of a shop with two services: the console as a recording, the page in
# light, in dark and on a phone, the summary of a job; and the dark half of the story, which is drawn by hand in
# story.svg. It needs Chromium, and npm for the summary. Usage: make.sh BINARY [DIRECTORY]
set -euo pipefail
binary=$(realpath "$1")
here=$(dirname "$(realpath "$0")")
into=$(realpath "${2:-$here}")
root=$(realpath "$here/../..")

sed 's/#f6f8fa/#161b22/g; s/#8c959f/#6e7681/g; s/#dafbe1/#12261e/g; s/#1a7f37/#3fb950/g; s/#ffebe9/#25171c/g
  s/#cf222e/#f85149/g; s/#57606a/#9198a1/g; s/#1f2328/#f0f6fc/g' "$here/story.svg" >"$into/story-dark.svg"

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
export GITHUB_SHA=3f2a1c9b7d5e4f60 GITHUB_ACTOR=alice
python3 "$here/record.py" "$into/console.svg" 'a run that failed and was rolled back' "$binary" run --color always || [ $? -eq 20 ]
cp run.html page.html

# The same once more, as a job of GitHub's.
on_github 4711
export GITHUB_SERVER_URL=https://github.com GITHUB_REPOSITORY=shop/web
"$binary" run >out 2>&1 || [ $? -eq 20 ]
"$here/render.sh" commands/STEP_SUMMARY "$into/summary.png" 900 900

# picture NAME WIDTH SCHEME: 1 is light, 0 is dark. A window is never as narrow as a phone, a frame in it is.
picture() {
  printf '<body style="margin:0"><iframe src="page.html" style="border:0;width:%spx;height:1500px"></iframe>' "$2" >frame.html
  "$here/shoot.sh" frame.html "$into/$1.png" "$2" 1500 --blink-settings=preferredColorScheme="$3"
}
picture page-light 1000 1
picture page-dark 1000 0
picture page-phone 360 1
ls -l "$into"
