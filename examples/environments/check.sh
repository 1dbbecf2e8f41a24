#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
set -eu
cd "$(dirname "$0")"
grep -qE '^workers [0-9]+$' "${1:?where it is live}/site.conf" || { echo 'workers must be a number' >&2; exit 1; }
