# libcurl's source comes from apt with Debian's patches, and only if its makers' tarball is the pinned one; what a
# mirror does not have yet is said, and never replaced in silence.
mkdir bin cmake
cp "$CASES/../../cmake/curl_source.sh" cmake/
export XDG_CACHE_HOME=$PWD/cache PATH=$PWD/bin:$PATH
program() { printf '#!/bin/sh\n%s\n' "$2" >"bin/$1" && chmod 755 "bin/$1"; }
program apt-cache 'printf "Version: %s\n" 7.88.1-10+deb12u9 7.88.1-10+deb12u12'
# shellcheck disable=SC2016 # for the program
program apt-get 'case $* in
  *=7.88.1-10+deb12u9) echo the tarball >curl_7.88.1.orig.tar.gz; : >curl_7.88.1-10+deb12u9.dsc ;;
  *--download-only*) echo "E: 404 Not Found" >&2; exit 100 ;;
esac'
# shellcheck disable=SC2016
program dpkg-source 'mkdir unpacked; echo "$3" >unpacked/what'
get() { # get STATUS
  local status=0
  cmake/curl_source.sh >out 2>&1 || status=$?
  [ "$status" = "$1" ] || fail "exit code $status, not $1"
}
pin() { echo "$1 $(printf '%s\n' "$2" | sha256sum | cut -d ' ' -f 1) Debian 12" >cmake/curl_sources.txt; }

pin 7.88.1 'another tarball'
get 1
says 'the tarball of curl 7.88.1 is another one than cmake/curl_sources.txt says'
pin 8.14.1 'the tarball'
get 1
says 'curl 7.88.1 is not in cmake/curl_sources.txt'
pin 7.88.1 'the tarball'
cmake/curl_source.sh --where && fail 'it says where it is'
[ -z "$(ls -A cache/backstep)" ] || fail "left behind: $(ls -A cache/backstep)"
get 0
says 'curl 7.88.1-10+deb12u12 is listed and cannot be fetched: taking 7.88.1-10+deb12u9'
[ "$(cmake/curl_source.sh --where)" = "$PWD/cache/backstep/curl-7.88.1" ] || fail 'it is not where it belongs'
holds cache/backstep/curl-7.88.1/what curl_7.88.1-10+deb12u9.dsc
# What is there is asked of nobody.
rm bin/apt-get
PATH=$PWD/bin:/usr/bin:/bin get 0

rm -r cache
program apt-cache :
program apt-get 'exit 0'
get 1
says "no source package 'curl' in apt's sources"
program apt-get 'echo "E: no mirror" >&2; exit 100'
get 1
says 'E: no mirror'
says 'apt does not answer'
