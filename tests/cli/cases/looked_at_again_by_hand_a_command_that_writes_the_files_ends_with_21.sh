# By hand as by itself: the files that the rollback command wrote are named, and no verdict is given.
tree
run_version 0 v1
run_version 0 v2
verdicts() { cat backups/.backstep/verdicts.jsonl; }
before=$(verdicts)
expect 21 rollback --rollback-command "printf '#!/bin/sh\necho fetched\n' >$PWD/$(entrypoint)" --health-check true
is_word fetched
is_word v1 typesense_client_service
says_about "$(entrypoint)" "rollback command"
says_not "healthy again"
no_journal
[ "$(verdicts)" = "$before" ] || fail "a verdict was given: $(verdicts)"
"$BACKSTEP" status --json >out
[ "$(json "d['live']['digest'] == d['digest']")" = True ] || fail "what is called live is not what lies there"
