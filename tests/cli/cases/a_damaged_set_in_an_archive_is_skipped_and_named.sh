# A set of an archive that is not as its manifest says: named, skipped, exit 3; the others come in.
need python3
tree
expect 0 backup
bad=$(newest)
echo more >>services/action_service/entrypoint.sh
expect 0 backup
good=$(newest)
expect 0 export store.tar
craft() {  # craft DEFECT: bad.tar, with that defect in the first set
  python3 - "$1" "$bad" <<'EOT' || fail "crafting $1"
import io, sys, tarfile
defect, bad = sys.argv[1:]
source, target = tarfile.open("store.tar"), tarfile.open("bad.tar", "w", format=tarfile.GNU_FORMAT)
def add(member, data, times=1):
    for _ in range(times):
        member.size = len(data)
        target.addfile(member, io.BytesIO(data))
for member in source:
    data = source.extractfile(member).read() if member.isreg() else b""
    script = member.name == bad + "/action_service_entrypoint.sh"
    if not member.isreg() or not member.name.startswith(bad):
        target.addfile(member, io.BytesIO(data))
    elif script and defect == "content":
        add(member, data[:-1] + b"!")
    elif script and defect == "longer":
        add(member, data + b"!" * 100000)
    elif script and defect == "twice":
        add(member, data, 2)
    elif script and defect == "missing":
        pass
    elif script and defect == "unknown":
        add(member, data)
        member.name = bad + "/other_entrypoint.sh"
        add(member, data)
    elif script and defect == "shorter":
        add(member, data[:-1])
    elif member.name.endswith("_manifest.jsonl") and defect == "manifest":
        add(member, data.replace(b'"size":', b'"size":1'))
    elif member.name.endswith("_manifest.jsonl") and defect == "newer":
        add(member, data.replace(b'"format":1', b'"format":2'))
    elif member.name.endswith("_manifest.jsonl") and defect == "no manifest":
        pass
    else:
        add(member, data)
target.close()
EOT
}
for defect in content longer twice missing unknown shorter manifest newer; do
  craft "$defect"
  for dry in --dry-run ""; do
    # shellcheck disable=SC2086 # none or one
    expect 3 import bad.tar --backups-dir "$PWD/new" $dry
    says "❌ $bad is left out, it is damaged: "
    says "mport"
    [ -z "$dry" ] || missing new
  done
  [ "$(ls -A new)" = ".backstep
$good" ] || fail "$defect: $(ls -A new)"
  expect 0 verify --backups-dir "$PWD/new"
  rm -r new
done
