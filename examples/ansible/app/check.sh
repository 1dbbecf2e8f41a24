#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A host may refuse a release that others take: here the file `refuses` names it.
set -eu
answer=$(cat answer)
case $answer in
  "web $(cat refuses 2>/dev/null)") echo "this host does not start '$answer'" >&2; exit 1 ;;
esac
