# Each command of a run is looked at first: exit 2 with what to type, and the rollback command, which is the
# same one, is not run to end as a failed rollback.
tree
printf '#!/bin/sh\n' >plain.sh
printf '#!/bin/sh\r\nexit 0\r\n' >windows.sh && chmod 755 windows.sh
printf '#!/usr/bin/no-such-interpreter\n' >alien.sh && chmod 755 alien.sh
printf '#!/usr/bin/env no-such-program\n' >of_env.sh && chmod 755 of_env.sh
refused() {  # refused WORDS FLAG COMMAND
  printf '%s: touch ran\n' generate deploy >backstep.yml
  before=$(snapshot)
  expect 2 run "$2" "$3"
  says "cannot run: "
  says "$1"
  says 'nothing was changed'
  one_line
  rm out
  [ "$(snapshot)" = "$before" ] || fail "something changed for $3"
  missing backups/.backstep/journal.json
  [ -z "$(backups)" ] || fail "a backup was made for $3"
}
refused "'./plain.sh' cannot be executed: Permission denied; type 'chmod +x $PWD/plain.sh'" --deploy './plain.sh --now'
refused "plain.sh is in no directory of PATH, and lies here: write './plain.sh'" --deploy plain.sh
refused "lines of './windows.sh' end in carriage returns" --deploy ./windows.sh
refused "the first line of './alien.sh' names '/usr/bin/no-such-interpreter': No such file or directory" --deploy 'exec ./alien.sh'
refused "the first line of './of_env.sh' names 'no-such-program': No such file or directory" --deploy $'# a comment\nset -eu\n./of_env.sh 2>&1 | cat'
refused 'Syntax error' --deploy 'if true; echo x; fi'
refused 'carriage returns' --deploy $'true\r\ntrue\r'
for flag in --generate --deploy --rollback-command --health-check; do
  refused "'no-such-program'" $flag 'A=b no-such-program up -d && true'
done
refused "the generator cannot run: there is no './no-such.sh' here" --generate ./no-such.sh
refused "the rollback command cannot run" --rollback-command /no/such/place/rollback
echo 'deploy: [./plain.sh, now]' >backstep.yml
expect 2 run --generate 'touch ran'
says "the deploy command cannot run: './plain.sh' cannot be executed"
expect 2 begin --rollback-command ./plain.sh
says 'the rollback command cannot run'
no_journal
rm backstep.yml
expect 0 backup
eval "$(generate_word v2)"
expect 2 rollback --rollback-command no-such-program
says "the rollback command cannot run"
says '--files-only restores only the files'
is_word v2
expect 0 rollback --files-only --rollback-command no-such-program
is_old
