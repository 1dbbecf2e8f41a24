# `accepted`: settling it never touches live files; it stores the set if the files still hash to the record.
tree
expect 1 run --check-baseline false --generate "$(generate_word new)" --deploy true \
  --health-check "rm -rf backups/.backstep/good; touch backups/.backstep/good"
rm backups/.backstep/good
printf '#!/bin/sh\necho by hand\n' >"$(entrypoint)"
before=$(snapshot services)
expect 0 recover --restore
[ "$(snapshot services)" = "$before" ] || fail "live files were changed"
! grep -rq "by hand" backups/.backstep/good 2>/dev/null || fail "another set was stored as the accepted one"
recorded accepted
no_journal
