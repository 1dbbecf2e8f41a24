# A directory that a container's root made, and that we can neither empty nor move: the rest is back, and
# the last screen still says what failed first, what was restored, what is owed and where to go on.
[ "$(id -u)" = 0 ] || skip "needs root"
tree
printf '#!/bin/sh\nmkdir services/made && cp services/action_service/entrypoint.sh services/made/\n' >as_root
chmod 755 as_root
mkfifo asked
become_nobody
chown 65534 asked
root_makes() { read -r _ <asked && "$@" && echo made >asked; }
root_makes sh ./as_root &
expect 22 run --deploy 'echo go >asked; read -r _ <asked; echo port 80 is taken; false' --rollback-command 'touch ran' \
  --generate "$(generate_word new)"
wait
is_old
is_old typesense_client_service
missing ran
says "services/made/entrypoint.sh was not put back: cannot remove 'services/made/entrypoint.sh': Permission denied"
says "failed:   deploy exited with 1"
says "port 80 is taken"
says "restored: 2 files from"
says "saved:    the failed files, in failed/"
says "to run:   touch ran (the rollback command)"
says "             backstep recover"
answer_says "The rollback failed; live now: unknown: services/made/entrypoint.sh could not be put back"
in_phase restoring
# Once it is mended, recover goes on: to the same target, and to the command that is owed.
expect 22 recover
missing ran
rm -r services/made
expect 21 recover
exists ran
is_old
no_journal
