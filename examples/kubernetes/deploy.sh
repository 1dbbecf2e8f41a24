#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Applies what lies here. --prune by the label would take away ConfigMaps that a rollback needs: old ones stay, they are small.
set -eu
cd "$(dirname "$0")"
kubectl apply -k .
