# `install` from the image leaves a binary that runs on the machine and belongs to the directory's owner.
mkdir bin
chown 1000:1000 bin
docker run --rm --network none -v "$PWD/bin:/out" "$IMAGE" install /out >out 2>&1 || fail "install failed"
says "/out/backstep"
[ "$(stat -c %u:%g:%a bin/backstep)" = 1000:1000:755 ] || fail "$(stat -c %u:%g:%a bin/backstep)"
bin/backstep version >out || fail "it does not run here"
says "backstep"
