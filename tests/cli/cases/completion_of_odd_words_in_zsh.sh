# zsh completes words with blanks, quotes, colons and `=`, and names that a shell would run.
need zsh
need python3
mkdir bin functions && ln -s "$BACKSTEP" bin/backstep
export PATH=$PWD/bin:$PATH
"$BACKSTEP" completion zsh >functions/_backstep || fail 'no script'
# completes KEYS LINE
completes() {
  python3 "$CASES/../support/type_in_shell.py" 'fpath=($PWD/functions $fpath); autoload -Uz compinit; compinit -u -D' \
    "$1" "$2" zsh -f -i >out 2>&1 || fail "zsh does not complete '$1'"
}
tree
expect 0 backup
completes 'backstep rollback --message "a: b" --to 2\t' "--to $(newest) "
completes 'backstep rollback --to=2\t' "--to=$(newest) "
completes 'backstep rollback --to "2\t' "--to \"$(newest)\" "
touch 'with blank.tar' "it's.tar" 'co:lon.tar' 'e=q.tar' '$(touch ran).tar' $'new\nline.tar' && mkdir 'a dir'
completes 'backstep import wi\t' 'import with\ blank.tar '
completes 'backstep import "wi\t' 'import "with blank.tar" '
completes 'backstep import it\t' "import it\\'s.tar "
completes 'backstep import co:\t' 'import co:lon.tar '
completes 'backstep import e=\t' 'import e=q.tar '
completes 'backstep import \$\t' 'import \$\(touch\ ran\).tar '
completes 'backstep import new\t' "import new\$'\\n'line.tar"
completes 'backstep run --deploy=co:l\t' '--deploy=co:lon.tar '
completes 'backstep run --services-dir=a\t' '--services-dir=a\ dir/'
missing ran
