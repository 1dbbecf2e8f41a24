#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# act, which runs GitHub's workflows without GitHub, for the tests: built from its source into their
# cache, once. Prints the program; with --where it only says where it would be. Exits 125 with a
# reason where it cannot be had.
# It asks for a newer Go than Debian 12 has. A Go toolchain is a module too: the old Go fetches it.
# shellcheck disable=SC2154 # what getting.sh sets
set -euo pipefail
client=0.2.87
minor=24 # of Go 1.x: what act's go.mod asks for
toolchain=go1.25.0
here=$(dirname "$(realpath "$0")")
. "$here/getting.sh"
target=$cache/act-$client-$(dpkg --print-architecture 2>/dev/null || uname -m)
if [ "${1-}" = --where ] || [ -x "$target" ]; then
  echo "$target"
  exit
fi

begin_getting

new_enough() { [[ $("$1" env GOVERSION) =~ ^go1\.([0-9]+) && ${BASH_REMATCH[1]} -ge $minor ]]; }

# The toolchain's archive, being a module, keeps no execute bits.
fetch_toolchain() {
  local module root
  module=golang.org/toolchain@v0.0.1-$toolchain.$(go env GOOS)-$(go env GOARCH)
  root=$new/path/pkg/mod/$module
  (cd "$new" && go mod download "$module") >>"$log" 2>&1 || none "$module is not to be had from the module proxy"
  chmod 755 "$root"/bin/* "$root"/pkg/tool/*/*
  go=$root/bin/go
}

mkdir -p "$cache"
new=$(mktemp -d "$cache/new.XXXXXX")
# local: a Go that is new enough fetches no other one by itself.
export GOPATH=$new/path GOCACHE=$new/cache GOBIN=$new/bin GOTOOLCHAIN=local GOFLAGS=-modcacherw CGO_ENABLED=0
command -v go >/dev/null || "$here/../../support/install_packages.sh" go >"$log" 2>&1 ||
  none "golang-go cannot be installed"
go=$(command -v go) || none "no Go is here, and no apt-get to install one"
new_enough "$go" || fetch_toolchain
# No symbols and no debug information: it links in half the time.
env -u GOROOT "$go" install -trimpath -ldflags '-s -w' "github.com/nektos/act@v$client" >>"$log" 2>&1 ||
  none "act $client cannot be built from the module proxy's source"
"$new/bin/act" --version >>"$log" 2>&1 || none "act $client does not start here"
mv -T "$new/bin/act" "$target"
echo "$target"
