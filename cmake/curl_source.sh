#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Gets libcurl's source, with this Debian's patches, into the user's cache, where cmake/curl.cmake looks for it.
# Its makers' tarball must be one that cmake/curl_sources.txt names; the patches are as apt's signatures say.
# apt is asked with lists of its own, so the machine's configuration stays as it is. Needs no root.
#   --where  says where it is, and fails if it is not there yet
set -eu
sources=$(cd "$(dirname "$0")" && pwd)/curl_sources.txt
cache=${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/backstep

where() {
  sed '/^#/d' "$sources" | while read -r version _; do
    [ ! -d "$cache/curl-$version" ] || echo "$cache/curl-$version"
  done | tail -n 1 | grep .
}
if [ "${1-}" = --where ]; then
  where
  exit
fi
where >/dev/null || mkdir -p "$cache"
! where >/dev/null || exit 0

work=$(mktemp -d "$cache/.curl.XXXXXX")
trap 'rm -rf "$work"' EXIT
fail() { cat "$work/log" >&2 && echo "libcurl's source cannot be had: $*" >&2 && exit 1; }
: >"$work/log"
mkdir -p "$work/from" "$work/lists/partial" "$work/cache/archives/partial" "$work/source"
# apt's own entries, as entries of sources.
for entry in /etc/apt/sources.list /etc/apt/sources.list.d/*; do
  case $entry in
    *.sources) sed 's/^Types:.*/Types: deb-src/' "$entry" >"$work/from/${entry##*/}" ;;
    *.list) [ ! -e "$entry" ] || sed -n 's/^ *deb /deb-src /p' "$entry" >"$work/from/${entry##*/}" ;;
  esac
done
apt() {
  command=$1
  shift
  "$command" -q -o Dir::Etc::sourcelist=/dev/null -o Dir::Etc::sourceparts="$work/from" \
    -o Dir::State::lists="$work/lists" -o Dir::Cache="$work/cache" -o APT::Sandbox::User= "$@" 2>>"$work/log"
}
apt apt-get update >>"$work/log" || fail 'apt does not answer'
cd "$work/source"
# A mirror may lag behind its own list. The newest that it has is taken, and said.
newest=
for version in $(apt apt-cache showsrc curl | sed -n 's/^Version: //p' | sort -ruV); do
  newest=${newest:-$version}
  ! apt apt-get source --download-only "curl=$version" >>"$work/log" || break
  version=
done
[ -n "${version-}" ] || fail "no source package 'curl' in apt's sources"
[ "$version" = "$newest" ] || echo "curl $newest is listed and cannot be fetched: taking $version" >&2
upstream=${version%-*}
pin=$(sed -n "s/^$upstream \([^ ]*\) .*/\1/p" "$sources")
[ -n "$pin" ] || fail "curl $upstream is not in cmake/curl_sources.txt"
echo "$pin  $(echo curl_"$upstream".orig.tar.*z)" | sha256sum --check --quiet - >>"$work/log" 2>&1 ||
  fail "the tarball of curl $upstream is another one than cmake/curl_sources.txt says"
dpkg-source --no-check -x curl_*.dsc unpacked >>"$work/log" 2>&1 || fail "curl $version cannot be unpacked"
mv unpacked "$cache/curl-$upstream"
echo "libcurl's source: curl $version"
