#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# gitlab-ci-local, which runs a .gitlab-ci.yml without GitLab, for the tests: into their cache, once.
# Usage: get_gitlab_ci_local.sh [--where]   (--where: only say where it is, if it is there)
# Prints the directory, in which `bin/gitlab-ci-local` is the program. Exits 125 with the reason where
# it cannot be had.
# Its version asks for Node 22.
# shellcheck disable=SC2154 # what getting.sh sets
set -euo pipefail
client=4.75.1
here=$(dirname "$(realpath "$0")")
. "$here/getting.sh"
target=$cache/gitlab-ci-local-$client-node-$node
[ ! -e "$target" ] || { echo "$target"; exit; }
[ "${1-}" != --where ] || { echo "skipped: gitlab-ci-local $client is not here: platforms.get_gitlab_ci_local says why"; exit 125; }

begin_getting
"$here/../../support/install_packages.sh" clients >"$log" 2>&1 || none "python3-venv and rsync cannot be installed"
mkdir -p "$cache"
new=$(mktemp -d "$cache/new.XXXXXX")
chmod 755 "$new"
bring_node "$new"
"${npm[@]}" install --prefix "$new" --no-audit --no-fund --ignore-scripts "gitlab-ci-local@$client" >"$log" 2>&1 ||
  none "gitlab-ci-local $client is not to be had from npm"
mkdir "$new/bin"
cat >"$new/bin/gitlab-ci-local" <<'SH'
#!/bin/sh
here=$(dirname "$(dirname "$(realpath "$0")")")
exec "$here/node/bin/node" "$here/node_modules/gitlab-ci-local/dist/index.js" "$@"
SH
chmod 755 "$new/bin/gitlab-ci-local"
"$new/bin/gitlab-ci-local" --version >"$log" 2>&1 || none "gitlab-ci-local $client does not start here"
# Another run may have been quicker.
mv -T "$new" "$target" 2>/dev/null || [ -e "$target/bin/gitlab-ci-local" ]
echo "$target"
