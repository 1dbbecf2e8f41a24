# Evidence first, also where a restore that was killed goes on: what lies there now may differ from
# what it had kept.
tree
crash_in health-check --check-baseline false --generate "$(generate_word new)" --deploy true
printf '#!/bin/sh\necho by hand\n' >"$(entrypoint)"
# It keeps the edit, and it is as if it had been killed when it had kept what it replaced.
expect 0 backup
edit_record 's/"phase":"restored"/"phase":"restoring"/'
is_word "by hand"
printf '#!/bin/sh\necho once more\n' >"$(entrypoint)"
expect 20 recover --restore
is_old
grep -rq "once more" backups/.backstep/failed || fail "the edit is not in the evidence"
no_journal

# The same where nothing had to be replaced at first.
crash_in health-check --check-baseline false --generate : --deploy true
expect 0 backup
edit_record 's/"phase":"restored"/"phase":"restoring"/'
printf '#!/bin/sh\necho later\n' >"$(entrypoint)"
expect 20 recover --restore
is_old
grep -rq "echo later" backups/.backstep/failed || fail "the later edit is not in the evidence"
no_journal
