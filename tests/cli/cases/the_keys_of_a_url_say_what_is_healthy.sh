# status, body, headers, cacert and insecure: of the file alone, for the run's check and for a service's.
need python3
tree
quick_checks
serve_tls
unset SSL_CERT_FILE
check_says() { # check_says STATUS WORDS KEYS
  echo "health_check: {url: \"https://$(tls good)/\", $3}" >backstep.yml
  expect "$1" check
  says "$2"
}
check_says 23 'unable to get local issuer certificate' 'status: 200'
check_says 23 'answered 200 OK' 'cacert: tls/ca.pem, status: [204, 300-399]'
check_says 23 "answered 200 OK, but its body does not hold 'version 3'" 'cacert: tls/ca.pem, body: version 3'
check_says 0 '✔ healthy' 'cacert: tls/ca.pem, body: version 2, headers: ["X-Seen: by, you"]'
grep -q '^X-Seen: by, you' tls/asked || fail "asked: $(cat tls/asked)"
# What nobody verified is said wherever the check is.
check_says 0 '✔ healthy' 'insecure: true'
says '⚠️ Warning: health_check.insecure: true: no certificate is verified'
expect 0 run --deploy true --report r.json
grep -q 'health_check.insecure: true: no certificate is verified' r.json || fail "the report: $(cat r.json)"
cat >backstep.yml <<END
each_service: {health_check: {url: "https://$(tls good)/\$BACKSTEP_SERVICE", body: v \$BACKSTEP_SERVICE, insecure: yes}}
END
expect 23 check
says "/action_service answered 200 OK, but its body does not hold 'v action_service' (insecure: not verified)"
says 'each_service.health_check.insecure: true: no certificate is verified'
# A word in the wrong place is found before anything changes.
echo 'health_check: {test: "true", body: x}' >backstep.yml
expect 2 run --deploy 'touch deployed'
says 'backstep.yml:1:36: health_check.body says how a URL is asked, and health_url is not set'
BACKSTEP_PROBE_URL="https://$(tls good)/" expect 23 probe
missing deployed
