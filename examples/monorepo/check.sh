#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
set -eu
cd "$(dirname "$0")"
answer=$(cat "running/$1/answer")
case $answer in
  *broken*) echo "$1 answers '$answer'" >&2; exit 1 ;;
esac
