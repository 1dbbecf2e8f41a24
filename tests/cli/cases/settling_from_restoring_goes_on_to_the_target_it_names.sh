# Settling goes on to the target that the journal names; one that already is as the target has it is
# done; work that came later is never overwritten.
tree a b c
expect 0 backup
target=$(newest)
for s in a b c; do printf '#!/bin/sh\necho between\n' >"$(entrypoint $s)"; done
crash_in health-check --check-baseline false --generate "$(generate_word new)" --deploy true
edit_record "s/\"phase\":\"deployed\"/\"phase\":\"restoring\",\"target\":\"$(uid_in "backups/$target")\"/"
cp -p "backups/$target/a_entrypoint.sh" "$(entrypoint a)"
printf '#!/bin/sh\necho by hand\n' >"$(entrypoint b)"
expect 0 recover
says "services/b/entrypoint.sh was changed after run"
says_not "Restored a from"
says "Restored c from $target"
is_old a
is_word "by hand" b
is_old c
no_journal
