# The rollback command fetches the failed files anew: named, no old version is claimed, no verdict is given,
# and what is live now is what lies there.
tree
run_version 0 v1
again="printf '#!/bin/sh\necho v3\n' >$PWD/$(entrypoint)"
quick_checks
verdicts() { cat backups/.backstep/verdicts.jsonl; }
before=$(verdicts)
# The check passes again, whatever lies there: it alone would call this a good rollback.
expect 21 run --generate "$(generate_word v3)" --deploy true --check-baseline false --rollback-command "$again" \
  --health-check '[ -e checked ] || { touch checked; exit 1; }'
is_word v3
is_word v1 typesense_client_service
says_about "$(entrypoint)" "rollback command"
says_not "the old version, healthy"
answer_says "live now:"
no_journal
[ "$(verdicts)" = "$before" ] || fail "a verdict was given: $(verdicts)"
"$BACKSTEP" status --json >out
[ "$(json "d['live']['digest'] == d['digest']")" = True ] || fail "what is called live is not what lies there"
