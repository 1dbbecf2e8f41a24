#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Prints a bill of materials (CycloneDX, JSON) of the release binary: the packages of Debian whose
# libraries and headers are compiled into it, and libcurl's source, with their versions. A scanner of images sees nothing of
# them, since the binary is static. The linker's map and Ninja's list of headers say what they are, so
# there is no list to keep; there is no clock and no random number in it, so the same build has the same.
# Usage: sbom.sh BUILD_DIRECTORY [PROGRAM…]
#   PROGRAM  another one of a package, which lies beside the binary in the image
set -eu
build=$1
shift
[ -e "$build/backstep.map" ] || { echo "no $build/backstep.map: that is no finished build" >&2 && exit 1; }

files=$(mktemp)
trap 'rm -f "$files" "$files".*' EXIT
{
  # Archives of which something was taken, and the objects of the compiler that start a program.
  sed -n 's/^\(\/.*\.a\)(.*)$/\1/p' "$build/backstep.map"
  sed -n 's/^LOAD \(\/.*\.o\)$/\1/p' "$build/backstep.map"
  # Of the binary alone: a build may have tests beside it.
  ninja -C "$build" -t deps | awk '/^[^ ]/ { ours = !/^tests\// } ours && /^    \// { print $1 }'
} | sort -u | xargs readlink -f | sort -u >"$files"
grep -q '/libc\.a$' "$files" || { echo 'the map does not tell what is linked' >&2 && exit 1; }
for program; do readlink -f "$program"; done >>"$files"

# Our own sources belong to no package. Where /bin is a link to /usr/bin, dpkg may know a file by either.
owners() { xargs dpkg-query --search 2>/dev/null | sed -n 's/^\([^ ,]*\): \/.*/\1/p' | sort -u; }
{ owners <"$files" && sed -n 's:^/usr/\(s*bin/\):/\1:p' "$files" | owners; } | sort -u >"$files.packages"

version=$(sed -n 's/^CMAKE_PROJECT_VERSION:STATIC=//p' "$build/CMakeCache.txt")
# shellcheck source=/dev/null
. /etc/os-release
# A URL of a package has `+` and `:` escaped.
escaped() { printf %s "$1" | sed 's/+/%2B/g; s/:/%3A/g'; }
our_purl=pkg:generic/backstep@$version

# shellcheck disable=SC2016 # dpkg's own placeholders
xargs dpkg-query --show --showformat '${Package} ${Version} ${Architecture} ${source:Package} ${source:Version}\n' \
  <"$files.packages" | sort -u | while read -r name number architecture source source_number; do
  purl="pkg:deb/$ID/$(escaped "$name")@$(escaped "$number")?arch=$architecture&distro=$ID-$VERSION_ID"
  [ "$source" = "$name" ] || purl="$purl&upstream=$(escaped "$source")%40$(escaped "$source_number")"
  printf '%s %s %s\n' "$name" "$number" "$purl"
done >"$files.rows"
# The one library that is built from its source: Debian's version has a revision behind its makers'.
curl=$(sed -n 's/^BACKSTEP_CURL_VERSION:INTERNAL=//p' "$build/CMakeCache.txt")
case $curl in
  *-*) echo "curl $curl pkg:deb/$ID/curl@$(escaped "$curl")?arch=source&distro=$ID-$VERSION_ID" ;;
  *) echo "curl $curl pkg:generic/curl@$curl" ;;
esac >>"$files.rows"

cat <<END
{
  "bomFormat": "CycloneDX",
  "specVersion": "1.5",
  "version": 1,
  "metadata": {
    "component": {
      "type": "application",
      "bom-ref": "$our_purl",
      "name": "backstep",
      "version": "$version",
      "purl": "$our_purl",
      "licenses": [{"license": {"id": "Apache-2.0"}}],
      "hashes": [{"alg": "SHA-256", "content": "$(sha256sum "$build/backstep" | cut -d ' ' -f 1)"}]
    }
  },
  "components": [
$(awk '{ printf "%s    {\"type\": \"library\", \"bom-ref\": \"%s\", \"name\": \"%s\", \"version\": \"%s\", \"purl\": \"%s\"}", (NR > 1 ? ",\n" : ""), $3, $1, $2, $3 }' "$files.rows")
  ],
  "dependencies": [
    {"ref": "$our_purl", "dependsOn": [
$(awk '{ printf "%s      \"%s\"", (NR > 1 ? ",\n" : ""), $3 }' "$files.rows")
    ]}
  ]
}
END
