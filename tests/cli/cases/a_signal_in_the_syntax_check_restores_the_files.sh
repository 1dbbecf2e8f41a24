# As everywhere before the deploy: restore, 128+n. The interpreter here is one that hangs.
[ "$(id -u)" = 0 ] || skip 'only what root alone may change is started'
tree
bin=$(mktemp -d)
trap 'rm -rf "$bin"' EXIT
printf '#!/bin/sh\ntouch %s/reached\nexec tail -f /dev/null\n' "$PWD" >"$bin/bash"
chmod 755 "$bin/bash"
PATH=$bin:$PATH
for signal in INT:130 TERM:143; do
  rm -f reached
  start run --generate "printf '#!/bin/bash\n' >$(entrypoint)" --deploy 'touch deployed'
  until_true 20 test -e reached
  kill "-${signal%:*}" "$started"
  ended; status=$?
  [ "$status" = "${signal#*:}" ] || fail "$signal gave $status: $(cat started.out)"
  grep -q 'failed:   lint was stopped by signal' started.out || fail "not said: $(cat started.out)"
  is_old
  missing deployed
  no_journal
done

# The verb answers too.
rm reached
printf '#!/bin/bash\n' >"$(entrypoint)"
start lint
until_true 20 test -e reached
kill -TERM "$started"
ended; status=$?
[ "$status" = 143 ] || fail "TERM gave $status: $(cat started.out)"
