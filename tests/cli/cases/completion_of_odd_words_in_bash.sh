# At a terminal bash completes words with blanks, quotes, colons and `=`, and names that a shell would run.
need python3
mkdir bin && ln -s "$BACKSTEP" bin/backstep
export PATH=$PWD/bin:$PATH
"$BACKSTEP" completion bash >backstep.bash || fail 'no script'
# completes KEYS LINE
completes() {
  python3 "$CASES/../support/type_in_shell.py" '. ./backstep.bash' "$1" "$2" bash --norc -i >out 2>&1 ||
    fail "bash does not complete '$1'"
}
tree
expect 0 backup
completes 'backstep rollback --message "a: b" --to 2\t' "--to $(newest) "
completes 'backstep rollback --to=2\t' "--to=$(newest) "
completes 'backstep rollback --to "2\t' "--to \"$(newest)\" "
completes 'backstep finish --status="f\t' '--status="failure" '
touch 'with blank.tar' "it's.tar" 'co:lon.tar' 'e=q.tar' '$(touch ran).tar' $'new\nline.tar' && mkdir 'a dir'
completes 'backstep import wi\t' 'import with\ blank.tar '
completes 'backstep import with\ b\t' 'import with\ blank.tar '
completes 'backstep import "wi\t' 'import "with blank.tar" '
completes 'backstep import it\t' "import it\\'s.tar "
completes 'backstep import co:\t' 'import co:lon.tar '
completes 'backstep import e=\t' 'import e=q.tar '
completes 'backstep import \$\t' 'import \$\(touch\ ran\).tar '
completes 'backstep run --deploy=co:l\t' '--deploy=co:lon.tar '
completes 'backstep run --services-dir=a\t' '--services-dir=a\ dir/'
completes 'backstep import new\t!' $'new\a!'
missing ran
