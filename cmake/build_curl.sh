#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Builds libcurl for HTTP and HTTPS and nothing else, and puts the archive where all builds of this machine find it.
# Usage: build_curl.sh SOURCE ARCHIVE [ARGUMENT…]   what else CMake is to be told
set -eu
source=$1
archive=$2
shift 2
mkdir -p "$(dirname "$archive")"
work=$(mktemp -d "$archive.XXXXXX")
trap 'rm -rf "$work"' EXIT

# Compiled as the rest of the binary is (options.cmake). What a probe has no use for is left out: less to
# download, and less to be attacked. Some names are those of later versions.
flags="-Os -DNDEBUG -fPIE -fstack-protector-strong -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3"
flags="$flags -ffunction-sections -fdata-sections"
off=
for part in BUILD_CURL_EXE BUILD_SHARED_LIBS BUILD_TESTING BUILD_LIBCURL_DOCS BUILD_MISC_DOCS ENABLE_CURL_MANUAL \
  ENABLE_MANUAL ENABLE_THREADED_RESOLVER ENABLE_UNIX_SOCKETS PICKY_COMPILER CURL_ZLIB CURL_BROTLI CURL_ZSTD \
  CURL_USE_LIBPSL CURL_USE_LIBSSH2 CURL_USE_LIBSSH CURL_USE_PKGCONFIG USE_LIBIDN2 USE_NGHTTP2; do
  off="$off -D$part=OFF"
done
for part in ALTSVC AWS BASIC_AUTH BEARER_AUTH COOKIES CRYPTO_AUTH DIGEST_AUTH DOH FORM_API GETOPTIONS HSTS IPFS \
  KERBEROS_AUTH LIBCURL_OPTION MIME NEGOTIATE_AUTH NETRC NTLM OPENSSL_AUTO_LOAD_CONFIG PARSEDATE PROGRESS_METER \
  PROXY SHA512_256 SRP WEBSOCKETS; do
  off="$off -DCURL_DISABLE_$part=ON"
done
# shellcheck disable=SC2086  # a list of words
{
  cmake -S "$source" -B "$work/build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_C_FLAGS_RELEASE="$flags" \
    -DHTTP_ONLY=ON -DCURL_USE_OPENSSL=ON -DOPENSSL_USE_STATIC_LIBS=ON -DCURL_CA_BUNDLE=none -DCURL_CA_PATH=none \
    -DCMAKE_POLICY_VERSION_MINIMUM=3.5 $off "$@" &&
    cmake --build "$work/build" --target lib/libcurl.a
} >"$work/log" 2>&1 || { cat "$work/log" >&2 && exit 1; }
mv "$work/build/lib/libcurl.a" "$archive"
