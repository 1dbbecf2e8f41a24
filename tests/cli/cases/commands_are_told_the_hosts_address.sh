# BACKSTEP_HOST_GATEWAY: what the caller set wins; a URL may name it in its host.
# shellcheck disable=SC2016 # the variables are for the tool and its commands
need python3
tree
quick_checks
expect 0 run --deploy 'echo "$BACKSTEP_HOST_GATEWAY" >deploy' --health-check 'echo "$BACKSTEP_HOST_GATEWAY" >check'
grep -qE '^[0-9]+(\.[0-9]+){3}$' deploy || fail "no address: $(cat deploy)"
cmp -s deploy check || fail "the check was told another one: $(cat check)"
rm check
expect 0 check --health-check 'echo "$BACKSTEP_HOST_GATEWAY" >check'
cmp -s deploy check || fail "'check' tells another one: $(cat check)"
export BACKSTEP_HOST_GATEWAY=127.0.0.1
expect 0 run --deploy 'echo "$BACKSTEP_HOST_GATEWAY" >deploy' --health-check true
holds deploy 127.0.0.1
serve_http
expect 0 check --health-url "http://\${BACKSTEP_HOST_GATEWAY}:${url##*:}/health"
says '▶ health check: http://${BACKSTEP_HOST_GATEWAY}:'
BACKSTEP_HOST_GATEWAY=no-such-host.invalid expect 23 check --health-url "http://\$BACKSTEP_HOST_GATEWAY:${url##*:}/health"
says "cannot resolve 'no-such-host.invalid'"
