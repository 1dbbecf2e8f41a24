#!/usr/bin/env bash
# Runs one case like tests/cli/run_case.sh, where a browser and axe are here. Usage: run_case.sh CASE.sh
set -u
here=$(dirname "$(realpath "$0")")
axe=$("$here/get_axe.sh" --where) || { echo "$axe"; exit 125; }
# The cases are run with a HOME of their own, where nothing is cached: they find the script by this link.
link=$(mktemp -d)
trap 'rm -rf "$link"' EXIT
ln -s "$axe" "$link/axe.js"
TMPDIR=$link bash "$here/../cli/run_case.sh" "$1"
