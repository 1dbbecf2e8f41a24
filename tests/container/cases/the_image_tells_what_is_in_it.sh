# Static, so that no scanner finds a library in it: its bill of materials names them, and busybox. The
# binary beside it is the one that the bill is of, and is hardened as the preset has it.
need python3
container=$(docker create "$IMAGE")
docker cp "$container:/usr/local/share/sbom/backstep.cdx.json" bill.json >out 2>&1 || fail 'no bill of materials'
docker cp "$container:/usr/local/bin/backstep" binary >out 2>&1 || fail 'no binary'
docker rm "$container" >out
python3 - bill.json "$(sha256sum <binary | cut -d ' ' -f 1)" >out 2>&1 <<'END' || fail 'the bill is wrong'
import json, sys
bill = json.load(open(sys.argv[1]))
assert bill["metadata"]["component"]["hashes"][0]["content"] == sys.argv[2], "it is of another binary"
names = {part["name"] for part in bill["components"]}
for name in ("libc6-dev", "libssl-dev", "libyaml-cpp-dev", "libarchive-dev", "libfmt-dev", "busybox-static"):
    assert name in names, (name, names)
END
bash "$CASES/../release/hardening_test.sh" binary >out 2>&1 || fail 'the binary of the image is not hardened'
[ "$(docker image inspect --format '{{index .Config.Labels "org.opencontainers.image.base.name"}}' "$IMAGE")" = "$BASE_IMAGE" ] ||
  fail "the image does not say what it was built from"
