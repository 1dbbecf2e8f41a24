# Every set and the records; not the lock, an open journal (it is said), the index, leftovers, foreign names.
need python3
tree
expect 0 backup
mkdir backups/.partial-2024-03-10_14-23-00 backups/2024-03-10_14-23-01 backups/mine
touch backups/.partial-2024-03-10_14-23-00/x backups/foreign.txt backups/mine/x
printf 'x' >backups/2024-03-10_14-23-01/action_service_entrypoint.sh
chmod 751 backups/2024-03-10_14-23-01/action_service_entrypoint.sh
touch -d 2024-03-10T14:23:01Z "$(entrypoint)"
expect 0 backup
crash_in deploy
everything() { find backups -printf '%p %m %T@ ' -type f -exec sha256sum {} \; | sort; }
before=$(everything)
expect 0 export store.tar
says "is open (deploying)"
[ "$(everything)" = "$before" ] || fail "the export changed the store"
[ "$(stat -c %a store.tar)" = 600 ] || fail "mode $(stat -c %a store.tar)"
python3 - <<'EOT' || fail "not what was to be in it"
import os, re, tarfile
names = tarfile.open("store.tar").getnames()
sets = [d for d in sorted(os.listdir("backups")) if re.match(r"\d{4}-", d)]
assert len(sets) == 4, sets
for name in names:
    assert name.split("/")[0] in sets or name in (".backstep/verdicts.jsonl", ".backstep/history.jsonl"), name
for directory in sets:
    for file in os.listdir("backups/" + directory):
        assert f"{directory}/{file}" in names, file
member = tarfile.open("store.tar").getmember("2024-03-10_14-23-01/action_service_entrypoint.sh")
assert member.mode == 0o751, oct(member.mode)
member = tarfile.open("store.tar").getmember(f"{sets[2]}/action_service_entrypoint.sh")
assert member.mode == 0o755 and member.mtime == 1710080581 and member.uid == 0, (member.mode, member.mtime)
EOT
[ "$(id -u)" = 0 ] || exit 0
mkdir theirs
chown 65534:65534 theirs
expect 0 export theirs/store.tar
[ "$(stat -c %u theirs/store.tar)" = 65534 ] || fail "it is not its directory's owner's"
