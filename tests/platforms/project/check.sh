#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
set -eu
for script in live/*; do
  [ "$(sh "$script")" != broken ] || { echo "$script is broken"; exit 1; }
done
