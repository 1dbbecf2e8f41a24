#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Stands for `systemctl restart web`.
set -eu
services/web/entrypoint.sh >answer
