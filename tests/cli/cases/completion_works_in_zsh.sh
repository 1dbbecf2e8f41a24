# zsh loads the script, out of its fpath or by source, and completes by the tables.
need zsh
need python3
mkdir bin functions && ln -s "$BACKSTEP" bin/backstep
"$BACKSTEP" completion zsh >functions/_backstep || fail 'no script'
zsh -n functions/_backstep >out 2>&1 || fail 'zsh does not take it'
export PATH=$PWD/bin:$PATH
by_fpath='fpath=($PWD/functions $fpath); autoload -Uz compinit; compinit -u -D'
by_source='autoload -Uz compinit; compinit -u -D; source functions/_backstep'
# completes KEYS WANTED
completes() {
  python3 "$CASES/../support/type_in_shell.py" "$setup" "$1" "$2" zsh -f -i >out 2>&1 || fail "zsh does not complete '$1'"
}
setup=$by_source
completes 'backstep rol\t' 'backstep rollback'
setup=$by_fpath
completes 'backstep rol\t' 'backstep rollback'
completes 'backstep finish --sta\tf\t' 'failure'
completes 'backstep run --rollback-ta\tla\t' 'last-good'
completes 'backstep run --check-b\tf\t' 'false'
completes 'backstep mark g\t' 'mark good'
completes 'backstep help ver\t\t' 'verify'
completes 'backstep \t' 'a completion script for your shell'
completes 'backstep run --health-\t' 'this many failures in a row are unhealthy'
tree
expect 0 backup
completes 'backstep show 2\t' "show $(newest)"
completes 'backstep rollback --to=last-\t' 'last-good'
touch a_store.tar
completes 'backstep import a_\t' 'import a_store.tar'
