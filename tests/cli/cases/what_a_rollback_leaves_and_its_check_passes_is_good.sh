# A rollback by hand skips a service whose directory is gone: what lies there then is not quite its
# target. Its check passed on exactly that, which is a known good version from then on.
tree; quick_checks
expect 0 run --deploy true --health-check true
rm -rf services/typesense_client_service
expect 0 backup
without=$(newest)
expect 0 rollback --to "$(backups | head -n 1)" --rollback-command true --health-check true
answer_says "healthy again"
missing services/typesense_client_service
# So a deploy that fails goes back to just that, and brings no service back that nobody has any more.
expect 20 run --generate "printf '#!/bin/sh\necho bad\n' >$(entrypoint)" --deploy true --rollback-command true \
  --health-check "! grep -q bad $(entrypoint)"
is_old
missing services/typesense_client_service
expect 0 list
grep -F "$without" out | grep -q good || fail "what the check passed on is not good"
