#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The shop itself: what ends up in the image.
echo 'hello from the shop'
