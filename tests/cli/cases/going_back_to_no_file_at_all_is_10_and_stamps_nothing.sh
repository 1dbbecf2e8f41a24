# After a failed first run there is no earlier version: a rollback by hand must not call the failed one,
# which still runs, healthy and good.
tree
rm -r services/*
quick_checks
expect 10 run --generate "mkdir -p services/action_service && printf '#!/bin/sh\n' >services/action_service/entrypoint.sh" \
  --deploy true --health-check false --check-baseline false
expect 10 rollback --health-check true
says 'there is no earlier version'
one_line
[ ! -s backups/.backstep/verdicts.jsonl ] || fail "stamped: $(cat backups/.backstep/verdicts.jsonl)"
