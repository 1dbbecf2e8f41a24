#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The bill of materials names every library that the build asks for, and the compiler's own, each by the
# version that is in the binary, and nothing else. Usage: sbom_test.sh   exit 125: no build
set -euo pipefail
root=$(realpath "$(dirname "$0")/../..")
build=$(dirname "${BACKSTEP_RELEASE_BINARY:-$root/build/release/backstep}")
[ -e "$build/backstep" ] || { echo "skipped: there is no $build/backstep; 'cmake --build --preset release' makes it"; exit 125; }
command -v dpkg-query >/dev/null || { echo 'skipped: not a Debian'; exit 125; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() { echo "FAILED: $*" >&2; exit 1; }

"$root/release/sbom.sh" "$build" "$(command -v busybox)" >"$work/sbom.json"
python3 - "$work/sbom.json" >"$work/named" <<'END'
import json, sys
bill = json.load(open(sys.argv[1]))
assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.5")
components = bill["components"]
references = [part["bom-ref"] for part in components]
assert len(set(references)) == len(references) and bill["dependencies"][0]["dependsOn"] == references
for part in components:
    assert part["purl"].startswith("pkg:deb/") and "+" not in part["purl"], part
    print(part["name"], part["version"])
END

# What somebody would write down by hand: the libraries of packages.txt, what they bring, the compiler's.
"$root/tests/support/install_packages.sh" --print build | tr ' ' '\n' | grep -- '-dev$' | grep -v '^dpkg' >"$work/wanted"
compiler=$(c++ -dumpversion)
printf '%s\n' libc6-dev linux-libc-dev "libgcc-$compiler-dev" "libstdc++-$compiler-dev" >>"$work/wanted"
{ dpkg-query --search "$(command -v busybox)" /bin/busybox 2>/dev/null || :; } | sed -n "s/: .*//p" >>"$work/wanted"
curl=$("$root/cmake/curl_source.sh" --where)/debian/changelog
curl="curl $(dpkg-parsechangelog --file "$curl" --show-field Version)"
{ echo "$curl"; sort -u "$work/wanted"; } | while read -r name version; do
  [ -z "$version" ] || { echo "$name $version" && continue; }
  version=$(dpkg-query --show --showformat '${Version}\n' "$name" | head -n 1)
  echo "$name $version"
done | sort >"$work/by_hand"
diff "$work/by_hand" <(sort "$work/named") || fail 'the bill (>) and what the build asks for (<) differ'

# What the linker took something of.
linked=0
for archive in $(sed -n 's/^\(\/[^(]*\.a\)(.*/\1/p' "$build/backstep.map" | sort -u | xargs realpath); do
  case $archive in
    */libcurl.a) name=curl ;;
    *) name=$(dpkg-query --search "$archive" | sed 's/:.*//') ;;
  esac
  grep -q "^$name " "$work/named" || fail "$archive is linked, and $name is not named"
  linked=$((linked + 1))
done
[ $linked -ge 6 ] || fail "only $linked libraries are linked"
grep -qF "$(sha256sum "$build/backstep" | cut -d ' ' -f 1)" "$work/sbom.json" || fail 'it is of another binary'
"$root/release/sbom.sh" "$build" "$(command -v busybox)" | cmp - "$work/sbom.json" || fail 'the second one differs'
echo "$(wc -l <"$work/named") packages are named"
