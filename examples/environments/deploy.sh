#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Stands for `rsync site.conf HOST:` and a reload there.
set -eu
cd "$(dirname "$0")"
mkdir -p "${1:?where it goes live}"
cp site.conf "$1/site.conf"
