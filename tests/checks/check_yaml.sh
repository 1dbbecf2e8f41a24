#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# yamllint has nothing to say of any YAML file, by the rules of .yamllint.yml. Usage: check_yaml.sh ROOT
set -euo pipefail
command -v yamllint >/dev/null || { echo 'skipped: yamllint is not installed here'; exit 125; }
cd "$1"
yamllint --strict --format parsable .
