#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# One release on many hosts: a canary, then the rest. backstep on each host looks after that host, this file after all of
# them: where a later host fails, those that took the release before go back too, and no others.
# Usage: deploy.sh INVENTORY RELEASE     exit code 0: it is live on all hosts; else on none that could be reached
set -eu
inventory=$1 release=$2
cd "$(dirname "$0")"
ansible-playbook -i "$inventory" -e "release=$release" deploy.yml && exit 0
echo "release $release failed: going back where it is live" >&2
ansible-playbook -i "$inventory" -e "release=$release" undo.yml
exit 1
