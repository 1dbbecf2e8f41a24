# fish loads the script and completes by the tables.
need fish
mkdir bin && ln -s "$BACKSTEP" bin/backstep
"$BACKSTEP" completion fish >backstep.fish || fail 'no script'
fish --no-execute backstep.fish >out 2>&1 || fail 'fish does not take it'
export PATH=$PWD/bin:$PATH
offers() { fish --no-config -c 'source backstep.fish; complete -C $argv[1]' "$1" >out 2>&1 || fail "fish failed on: $1"; }
only() { [ "$(cut -f 1 out)" = "$(printf '%s\n' "$@")" ] || fail "offered is not just: $*"; }
offers 'backstep ro'
only rollback
says 'restore a backup, run the rollback command, check'
offers 'backstep '
for verb in $("$BACKSTEP" help | sed -nE 's/^  ([a-z]+) +.*$/\1/p'); do
  cut -f 1 out | grep -qx "$verb" || fail "no $verb"
done
offers 'backstep finish --status '
cut -f 1 out | sort >sorted && mv sorted out
only cancelled failure success
offers 'backstep finish --status=f'
only --status=failure
offers 'backstep run --rollback-t'
# fish 4 lists also what has these letters somewhere, behind what begins with them.
grep '^--rollback-t' out >begun && mv begun out
only --rollback-target --rollback-timeout
offers 'backstep run --rollback-target l'
only last-good
offers 'backstep run --check-baseline f'
only false
offers 'backstep version --keep'
only ''
offers 'backstep mark '
cut -f 1 out | sort >sorted && mv sorted out
only bad good untested
offers 'backstep help verif'
only verify
offers 'backstep show '
only ''
tree
expect 0 backup
offers 'backstep rollback --to 2'
only "$(newest)"
offers 'backstep mark good lat'
only latest
echo 'nonsense: [' >backstep.yml
offers 'backstep show '
only ''
touch a_store.tar && mkdir a_directory
offers 'backstep import a_s'
only a_store.tar
offers 'backstep run --services-dir a_'
only a_directory/
