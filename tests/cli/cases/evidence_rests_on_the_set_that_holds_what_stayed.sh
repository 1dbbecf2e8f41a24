# A rollback keeps what it replaces. What it leaves alone lies in the set that it goes back to: show
# names it, prune keeps it as long as the evidence, and an archive brings both. Once somebody has
# deleted it, verify says so, and a rollback to that evidence changes nothing.
a_good_v1
fail_with() { expect 20 run --generate "printf '#!/bin/sh\necho $1\n' >$(entrypoint)" --deploy true --health-check "$says_v1"; }
fail_with v2
evidence=$(ls backups/.backstep/failed)
base=$(newest)
uid=$(uid_in "backups/$base")
exists "backups/.backstep/failed/$evidence/action_service_entrypoint.sh"
missing "backups/.backstep/failed/$evidence/typesense_client_service_entrypoint.sh"
expect 0 show "failed/$evidence"
says "base:    $base, which holds 1 file that stayed"
says "services/typesense_client_service/entrypoint.sh (in the base)"
expect 0 show "failed/$evidence" --json
[ "$(json 'd["base"], [f["in_base"] for f in d["files"]]')" = "('$base', [False, True])" ] || fail "$(cat out)"
expect 0 verify "failed/$evidence"

expect 0 backup
expect 0 backup
expect 0 prune --keep-last 1 --keep-within 0
exists "backups/$base"
expect 0 prune --keep-last 1 --keep-within 0 --dry-run
grep -q "^$base .* keep .*needed by failed/$evidence" out || fail 'no reason why the base stays'

expect 0 export store.tar
mkdir elsewhere
tar -xOf store.tar >/dev/null
cp -r services elsewhere/
(cd elsewhere && "$BACKSTEP" import ../store.tar) >out 2>&1 || fail 'the archive does not come in'
(cd elsewhere && "$BACKSTEP" verify) >out 2>&1 || fail 'what came in is not whole'
(cd elsewhere && "$BACKSTEP" rollback --files-only --to "failed/$evidence") >out 2>&1 || fail 'no way back to it'
holds "elsewhere/$(entrypoint)" 'echo v2'
holds "elsewhere/$(entrypoint typesense_client_service)" 'echo v1'

# A base that is left out takes what rests on it along; an archive without it brings the rest.
echo rotten >rotten
mv rotten "backups/$base/action_service_entrypoint.sh"
expect 3 export damaged.tar
says "failed/$evidence is left out: it rests on $base, which is left out"
tar --delete -f store.tar "$base"
mkdir without
cp -r services without/
(cd without && "$BACKSTEP" import ../store.tar) >out 2>&1
[ $? = 3 ] || fail 'not said by the exit code'
says "⚠️ Warning: failed/$evidence is left out: it rests on $uid, which is not here"

rm -r "backups/$base"
# What was replaced can still be looked at.
expect 0 diff "$(newest)" "failed/$evidence"
says '+echo v2'
expect 3 verify "failed/$evidence"
says "'services/typesense_client_service/entrypoint.sh' lies in $uid, which is gone"
expect 0 show "failed/$evidence"
says "base:    $uid, which held 1 file that stayed, and is gone"
printf '#!/bin/sh\necho later\n' >"$(entrypoint typesense_client_service)"
before=$(snapshot services)
expect 3 rollback --files-only --to "failed/$evidence"
says "'services/typesense_client_service/entrypoint.sh' lies in $uid, which is gone"
[ "$(snapshot services)" = "$before" ] || fail 'files changed'
