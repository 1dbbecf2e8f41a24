# What is to be typed next leads to the same store: the flags that choose it, and what a job's variables said, are in
# it, quoted where a shell needs that. What no command line needs is not.
need python3
tree
quick_checks
echo 'deploy: "true"' >'the deploy.yml'
next_is() { sed -n '/^   next: /,$p' out | grep -qE "^ {13,16}$(printf %s "$1" | sed 's/[|.]/\\&/g')\$" || fail "next is: $(sed -n '/^   next:/,$p' out)"; }
export BACKSTEP_BACKUPS_DIR=stored INPUT_SERVICES_DIR=services,apps
expect 21 run --config 'the deploy.yml' --generate true --deploy true --health-check false --environment eu
next_is "backstep check --config 'the deploy.yml' --environment eu --services-dir services,apps --backups-dir stored"
expect 23 run --environment eu --generate "$(generate_word v1)" --deploy false --rollback false
own=$(sed -n 's,.*Backup created: .*/\(2[^/]*\)/$,\1,p' out)
next_is "backstep rollback --to $own --environment eu --services-dir services,apps --backups-dir stored"
unset BACKSTEP_BACKUPS_DIR INPUT_SERVICES_DIR
# The line itself works, as it is copied.
# shellcheck disable=SC2046 # words
expect 0 $(sed -n 's/^ *backstep //p' out) --files-only
is_old
expect 0 begin --backups-dir stored --environment eu
next_is 'backstep finish --status success|failure|cancelled --environment eu --backups-dir stored'
expect 11 begin --backups-dir stored --environment eu
says "call 'backstep finish --status success|failure --environment eu --backups-dir stored' first"
expect 0 list --backups-dir stored
says "see 'backstep status --backups-dir stored'"
# Of several environments each has its own.
expect 0 recover --keep --backups-dir stored --environment eu
expect 23 run --backups-dir stored --environment us --generate "$(generate_word v1)" --deploy false --rollback false
expect 0 status --backups-dir stored --json
json '[c["command"] for e in d["environments"] for c in e["next"] if "--environment us" in c["command"]][0].index("--backups-dir stored")' >/dev/null
# What a file says needs no flag.
echo 'backups_dir: stored' >backstep.yml
expect 23 run --environment us --generate "$(generate_word v2)" --deploy false --rollback false
grep -qx '             backstep rollback --to [0-9_-]* --environment us' out || fail "next is: $(grep next out)"
