# A URL that can never pass must not roll a good deploy back: refused with its place, exit 2.
tree
before=$(snapshot)
printf 'deploy: touch deployed\nhealth_check:\n  url: ftp://localhost/health\n' >backstep.yml
expect 2 run
says "backstep.yml:3:8: health_url: 'ftp://localhost/health' cannot be asked ("
printf 'deploy: touch deployed\nhealth_check: "true"\n' >backstep.yml
expect 2 run --health-url http://localhost/
says "health_check (backstep.yml:2:15) and health_url (flag --health-url) are both set: set one of them"
rm backstep.yml
# shellcheck disable=SC2016 # the variable is for the tool
BACKSTEP_HOST_GATEWAY='not a host' expect 2 run --deploy 'touch deployed' --health-url 'http://$BACKSTEP_HOST_GATEWAY:8080/'
says "the health check cannot run: 'http://\$BACKSTEP_HOST_GATEWAY:8080/'"
says "'http://not a host:8080/' cannot be asked"
missing deployed
[ "$before" = "$(snapshot)" ] || fail "something changed"
