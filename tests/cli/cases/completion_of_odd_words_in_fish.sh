# fish completes words with blanks, quotes, colons and `=`, and names that a shell would run.
need fish
mkdir bin && ln -s "$BACKSTEP" bin/backstep
"$BACKSTEP" completion fish >backstep.fish || fail 'no script'
export PATH=$PWD/bin:$PATH
# completes LINE WORD: the word is what is offered in the place of the last one.
completes() {
  fish --no-config -c 'source backstep.fish; complete -C $argv[1]' "$1" >out 2>&1 || fail "fish failed on: $1"
  [ "$(cut -f 1 out)" = "$2" ] || fail "'$1' is not completed to '$2'"
}
tree
expect 0 backup
completes 'backstep rollback --message "a: b" --to 2' "$(newest)"
completes 'backstep rollback --to=2' "--to=$(newest)"
completes 'backstep rollback --to "2' "$(newest)"
completes 'backstep finish --status="f' '--status=failure'
touch 'with blank.tar' "it's.tar" 'co:lon.tar' '$(touch ran).tar' && mkdir 'a dir'
completes 'backstep import wi' 'with blank.tar'
completes 'backstep import with\ b' 'with blank.tar'
completes 'backstep import "wi' 'with blank.tar'
completes 'backstep import it' "it's.tar"
completes 'backstep import co' 'co:lon.tar'
completes 'backstep import co:l' 'co:lon.tar'
completes 'backstep import \$' '$(touch ran).tar'
completes 'backstep run --deploy=wi' '--deploy=with blank.tar'
completes 'backstep run --services-dir=a' '--services-dir=a dir/'
missing ran
# A program that has gone is no reason for a message.
rm bin/backstep
completes 'backstep ru' ''
