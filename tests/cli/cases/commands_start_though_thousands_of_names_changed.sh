# execve takes 128 KiB of one variable, and a share of the stack's limit of all: BACKSTEP_CHANGED_SERVICES ends before
# that with a word that is no service, and BACKSTEP_CHANGED_FILE has each name on a line of its own.
need python3
export LONG=a_service_with_a_name_that_is_rather_long_for_a_service
# shellcheck disable=SC2016 # python reads it
python3 -c '
import os
for i in range(2500):
    os.makedirs("services/%s_%d" % (os.environ["LONG"], i))
    open("services/%s_%d/entrypoint.sh" % (os.environ["LONG"], i), "w").write("#!/bin/sh\n")'
touch 'a name.conf' '*.conf'
change='for f in services/*/entrypoint.sh *.conf; do echo "#" >>"$f"; done'
# shellcheck disable=SC2016 # the command's shell
tell='printf "%s" "$BACKSTEP_CHANGED_SERVICES" >"names.$BACKSTEP_PHASE"; cat "$BACKSTEP_CHANGED_FILE" >"all.$BACKSTEP_PHASE"'
expect 0 run --lint=false --files '*.conf' --generate "$tell; $change" --deploy "$tell" --health-check "$tell" --check-baseline=false
[ ! -s all.generate ] || fail "before the generator: $(cat all.generate)"
times 2502 all.deploy
grep -qxF 'a name.conf' all.deploy || fail 'a name with a blank is not on a line'
cmp all.deploy all.health_check || fail 'the check was told something else'
[ "$(wc -c <names.deploy)" -le 65600 ] || fail "$(wc -c <names.deploy) bytes of names"
# The name with a blank is two words here.
more=$(grep -oE ' and-[0-9]+-more$' names.deploy | tr -dc 0-9)
[ "$(($(tr ' ' '\n' <names.deploy | grep -c "^$LONG") + more))" = 2503 ] || fail "the last word is $(tail -c 60 names.deploy)"
missing backups/.backstep/.changed.backstep-new

# A caller whose environment has filled most of what there is.
(
  ulimit -s 1024
  OTHERS=$(head -c 120000 /dev/zero | tr '\0' x) MORE=$(head -c 100000 /dev/zero | tr '\0' x)
  export OTHERS MORE
  expect 0 run --lint=false --generate "$change" --deploy 'touch started; cp "$BACKSTEP_CHANGED_FILE" all.again'
)
exists started
times 2500 all.again
