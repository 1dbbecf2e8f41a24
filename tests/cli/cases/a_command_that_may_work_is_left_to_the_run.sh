# What only running it can tell is not refused: a program that is caught, brought, a built-in, or not known.
tree
works() { expect 0 run --generate "$1" --deploy true; }
works 'no-such-program || true'
works 'cd services && true'
works $'no-such-program 2>/dev/null || :\ntrue'
works 'if no-such-program; then :; fi 2>/dev/null'
works '! no-such-program'
works 'help() { true; }; help'
works '$(command -v true)'
works 'PATH=/no/where:$PATH true'
works '"true"'
works $'cat <<EOF\nset -o pipefail\n[[ a\nEOF'
works "true '
source x'"
works $': text\rtext'
env -u PATH "$BACKSTEP" run --deploy true >out 2>&1 || fail "without PATH: $?"
# Beneath the workspace it may come: by the generator, and along PATH as well.
make='mkdir -p bin; printf "#!/bin/sh\n" >bin/new; chmod 755 bin/new; cp bin/new deploy.sh'
PATH=$PWD/bin:$PATH expect 0 run --generate "$make" --deploy ./deploy.sh --rollback-command new --health-check new
