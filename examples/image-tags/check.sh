#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
set -eu
cd "$(dirname "$0")"
answer=$(services/web/entrypoint.sh)
case $answer in
  hello*) ;;
  *) echo "web answers '$answer'" >&2; exit 1 ;;
esac
