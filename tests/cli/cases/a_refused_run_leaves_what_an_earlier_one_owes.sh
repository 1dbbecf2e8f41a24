# A mistyped check is a usage error, whatever else is owed: nothing of this run was rolled back.
a_good_v1
start run --generate "$(generate_word v2)" --deploy "$(hang reached)" --rollback-command 'touch paid'
until_true 20 test -e reached
kill -TERM "$started"
ended
[ $? = 143 ] || fail 'not 143'
in_phase restored
expect 2 run --deploy 'touch deployed' --health-check no-such-program
says 'the health check cannot run'
says_not 'The rollback failed'
missing deployed
in_phase restored
expect 21 recover
exists paid
