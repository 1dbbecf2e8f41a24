# `config` shows what the file says of services, with the place of each.
tree
cat >backstep.yml <<'EOY'
each_service:
  health_check: {url: "http://$BACKSTEP_SERVICE:8080/health", timeout: 2s}
services:
  action_service:
    health_check: {timeout: 1m}
    on_failure: warn
EOY
expect 0 config
grep -qE '^each_service.health_check.url +http://\$BACKSTEP_SERVICE:8080/health +backstep.yml:2:23' out || fail 'no URL'
grep -qE '^services.action_service.health_check.timeout +1m +backstep.yml:5:29' out || fail 'no timeout'
grep -qE '^services.action_service.on_failure +warn +backstep.yml:6:17' out || fail 'no on_failure'
expect 0 config --json
[ "$(json '[s["value"] for s in d["settings"] if s["name"] == "services.action_service.on_failure"]')" = "['warn']" ] || fail 'not in the JSON'
