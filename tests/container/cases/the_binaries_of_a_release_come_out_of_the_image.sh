# What a release offers for download is what its image runs, with a checksum that tells another file.
take=$CASES/../../release/take_binaries.sh
architecture=$(docker image inspect --format '{{.Architecture}}' "$IMAGE")
"$take" dist "$architecture=$IMAGE" >out 2>&1 || fail 'not taken'
(cd dist && sha256sum -c SHA256SUMS) >out || fail 'the checksums are wrong'
says "backstep-linux-$architecture: OK"
"dist/backstep-linux-$architecture" version >own || fail 'it does not run here'
in_image version || fail 'the image does not run'
cmp own out || fail 'not the same binary'
file=dist/backstep-linux-$architecture
holds "$file.cdx.json" "$(sha256sum <"$file" | cut -d ' ' -f 1)"
printf x >>"$file"
! (cd dist && sha256sum -c SHA256SUMS) >out 2>&1 || fail 'a changed binary passes'
! "$take" dist "$architecture=backstep-test:nothing-of-that-name" >out 2>&1 || fail 'an image that is not there passes'

# Those of other cases are in that state for a moment.
none_is_left() { [ -z "$(docker ps --all --quiet --filter status=created)" ]; }
until_true 20 none_is_left
