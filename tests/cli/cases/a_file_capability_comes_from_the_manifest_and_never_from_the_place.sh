# A capability gives rights to a program: the content that was stored with it gets it back, and no other does.
[ "$(id -u)" = 0 ] || skip "only root may set a capability"
need python3
attributes() { python3 "$CASES/../support/attributes.py" "$@"; }
tree
quick_checks
echo 'files: [helper, plain]' >backstep.yml
printf old >helper
printf old >plain
chmod 755 helper plain
attributes give helper capability || skip "no capabilities here"
before=$(attributes show helper plain)
# Writing in place takes the capability away; the deploy gives one to what had none.
expect 20 run --deploy "printf new >helper; printf new >plain; python3 $CASES/../support/attributes.py give plain capability" --rollback-command true --health-check 'grep -q old helper'
[ "$(attributes show helper plain)" = "$before" ] || fail "$(attributes show helper plain), not $before"
says "helper (capability)"
says_not "plain (capability)"
# The failed version had one, and the evidence knows it.
expect 0 rollback --to "failed/$(ls backups/.backstep/failed)" --files-only
attributes show plain | grep -q capability || fail "the capability of the failed version is gone"
! attributes show helper | grep -q capability || fail "helper has a capability that its failed content had not"
# A capability that is gone alone is a difference too.
expect 0 rollback --to latest --files-only
cp helper other
mv other helper
chmod 755 helper
expect 0 rollback --to latest --files-only
[ "$(attributes show helper plain)" = "$before" ] || fail "$(attributes show helper plain), not $before"
expect 0 rollback --to latest --files-only
says_not "Restored helper"
# Who may not set one says so, and brings the content back all the same.
need setpriv
printf new >helper
setpriv --bounding-set -setfcap --inh-caps -setfcap "$BACKSTEP" rollback --to latest --files-only >out 2>&1 || fail "exit $?"
says "⚠️ Warning: helper: could not be given back: capability (Operation not permitted)"
holds helper old
