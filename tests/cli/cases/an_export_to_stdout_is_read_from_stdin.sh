# `-` is stdout and stdin; what there is to say is on stderr then, --json too. The store may be absolute.
tree
expect 0 backup
mkdir elsewhere
"$BACKSTEP" export - 2>said | (cd elsewhere && "$BACKSTEP" import - --backups-dir "$PWD/store") >out || fail "the pipe broke"
says "✅ Imported $(newest) (2 files)"
grep -q "✅ Exported 1 set to stdout" said || fail "not said: $(cat said)"
diff -r -x lock -x index backups elsewhere/store || fail "it is not the same store"
"$BACKSTEP" export - --json 2>answer >store.tar || fail "export - --json"
python3 -c 'import json,tarfile; assert json.load(open("answer"))["backstep"] == "export"; tarfile.open("store.tar").getnames()' || fail "archive and answer are mixed"
"$BACKSTEP" export - --backups-dir nosuch 2>/dev/null >none.tar || fail "a store that is not there yet"
expect 0 import none.tar --backups-dir nosuch
says "✔ Nothing new"
