# A URL that can never pass must not roll a good deploy back: refused with its place, exit 2.
tree
before=$(snapshot)
printf 'deploy: touch deployed\nhealth_check:\n  http: https://localhost/health\n' >backstep.yml
expect 2 run
says "backstep.yml:3:9: health_http: 'https://localhost/health' cannot be asked: the built-in check speaks http only"
printf 'deploy: touch deployed\nhealth_check: "true"\n' >backstep.yml
expect 2 run --health-http http://localhost/
says "health_check (backstep.yml:2:15) and health_http (flag --health-http) are both set: set one of them"
rm backstep.yml
# shellcheck disable=SC2016 # the variable is for the tool
BACKSTEP_HOST_GATEWAY='not a host' expect 2 run --deploy 'touch deployed' --health-http 'http://$BACKSTEP_HOST_GATEWAY:8080/'
says "the health check cannot run: 'http://\$BACKSTEP_HOST_GATEWAY:8080/'"
says "'http://not a host:8080/' is no URL"
missing deployed
[ "$before" = "$(snapshot)" ] || fail "something changed"
