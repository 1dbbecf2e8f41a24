#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
set -eu
cd "$(dirname "$0")"
sed "s/NAME/${1:?the host that it is for}/" site.conf.in >site.conf
