#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The same in every version: which version it starts is the deploy's business.
exec ./running/web/greet.sh
