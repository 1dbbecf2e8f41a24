# Who is not who the URL says, or speaks what nobody should, is unhealthy, and the line says why.
need python3
serve_tls
export SSL_CERT_FILE=$PWD/tls/ca.pem
expect 23 probe "https://$(tls expired)/"
says "https://$(tls expired)/ gave no answer: SSL certificate problem: certificate has expired"
one_line
expect 23 probe "https://$(tls elsewhere)/"
says "no alternative certificate subject name matches target host"
expect 23 probe "https://$(tls foreign)/"
says 'SSL certificate problem: unable to get local issuer certificate'
expect 23 probe "https://$(tls old)/"
says 'alert protocol version'
SSL_CERT_FILE=$PWD/tls/other_ca.pem expect 23 probe "https://$(tls good)/"
says 'unable to get local issuer certificate'
SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt expect 23 probe "https://$(tls good)/"
SSL_CERT_FILE=$PWD/tls/none.pem expect 23 probe "https://$(tls good)/"
says "$PWD/tls/none.pem"
missing tls/asked
# Whom it names, by every way of naming.
for host in localhost 127.0.0.1; do
  expect 0 probe "https://$(tls good $host)/health"
  says "https://$(tls good $host)/health answered 200 OK"
done
! grep -q '^six ' tls/ports || expect 0 probe "https://$(tls six '[::1]')/"
[ "$(head -n 2 tls/asked | tr -d '\r')" = "localhost
GET /health HTTP/1.1" ] || fail "asked: $(cat tls/asked)"
# No proxy is asked for what is near.
https_proxy=http://127.0.0.1:9 HTTPS_PROXY=http://127.0.0.1:9 ALL_PROXY=http://127.0.0.1:9 \
  expect 0 probe "https://$(tls good)/"
http_proxy=http://127.0.0.1:9 all_proxy=http://127.0.0.1:9 expect 0 probe "tcp://$(tls good)"
says "accepts connections"
