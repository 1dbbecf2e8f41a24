# An id never changes its content: the archive's other set of that name is left out and said.
tree
expect 0 backup
id=$(newest)
expect 0 export one.tar
sh -c "$(generate_word v1)"
mkdir two
cp -r services two
cd two || exit
expect 0 backup
made=$(newest)
[ "$made" = "$id" ] || mv "backups/$made" "backups/$id"
sed -i "s/\"id\":\"$made\"/\"id\":\"$id\"/" "backups/$id/_manifest.jsonl"
python3 - "backups/$id/_manifest.jsonl" <<'EOT' || fail "no manifest"
import hashlib, json, sys
lines = open(sys.argv[1]).read().splitlines(True)
trailer = json.loads(lines[-1])
trailer["sha256"] = hashlib.sha256("".join(lines[:-1]).encode()).hexdigest()
open(sys.argv[1], "w").write("".join(lines[:-1]) + json.dumps(trailer) + "\n")
EOT
expect 0 verify
before=$(sha256sum "backups/$id"/*)
expect 3 import ../one.tar
says "$id is left out: '$id' is here with other content, and is kept"
[ "$(sha256sum "backups/$id"/*)" = "$before" ] || fail "the set was changed"
cd ..
expect 0 backup
expect 0 export both.tar
cd two || exit
expect 0 import ../both.tar
says "⚠️ Warning: $id is left out"
says "✅ Imported"
[ "$(sha256sum "backups/$id"/*)" = "$before" ] || fail "the set was changed"
