# keep_daily and keep_weekly: what each of the last days and weeks that have sets ended with, in UTC.
for name in 2020-12-27_10-00-00 2020-12-28_10-00-00 2020-12-31_23-59-59 2021-01-01_00-00-00 \
  2021-01-03_23-59-59 2021-01-04_00-00-00; do
  mkdir -p "backups/$name"
  printf '#!/bin/sh\n' >"backups/$name/action_service_entrypoint.sh"
done
rules='--keep-last 0 --keep-good 0 --keep-within 0 --dry-run'
# shellcheck disable=SC2086 # words
TZ=Pacific/Kiritimati expect 0 prune $rules --keep-daily 3
[ "$(awk '$3 == "keep" { print $1 }' out | tr '\n' ' ')" = '2021-01-01_00-00-00 2021-01-03_23-59-59 2021-01-04_00-00-00 ' ] || fail "days: $(cat out)"
says 'daily 2021-01-01'
# shellcheck disable=SC2086 # words
expect 0 prune $rules --keep-weekly 3
[ "$(awk '$3 == "keep" { print $1 }' out | tr '\n' ' ')" = '2020-12-27_10-00-00 2021-01-03_23-59-59 2021-01-04_00-00-00 ' ] || fail "weeks: $(cat out)"
says 'weekly 2020-W53'
