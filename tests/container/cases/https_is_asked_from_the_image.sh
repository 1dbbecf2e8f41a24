# By Debian's certificates, which are in the image, or by those that SSL_CERT_FILE names; as any user.
need python3
need nsenter
need openssl
docker run --rm --network none --user 4711:4711 --entrypoint cat "$IMAGE" /etc/ssl/certs/ca-certificates.crt >bundle || fail 'no certificates'
[ "$(grep -c BEGIN bundle)" -gt 50 ] || fail "only $(grep -c BEGIN bundle) certificates"

mkdir tls && (cd tls && "$CASES/../support/certificates.sh")
container=$(docker run --detach --rm --network none --user 4711:4711 --entrypoint tail "$IMAGE" -f /dev/null)
nsenter --net="/proc/$(docker inspect --format '{{.State.Pid}}' "$container")/ns/net" \
  python3 -W ignore "$CASES/../support/tls_server.py" tls &
server=$!
trap 'kill $server; docker rm --force "$container" >/dev/null' EXIT
until_true 20 test -e tls/ports
docker exec --interactive "$container" sh -c 'cat >/tmp/ca.pem' <tls/ca.pem
asks() { # asks STATUS URL [ARGUMENT…]
  local wanted=$1 url=$2 status=0
  shift 2
  docker exec "$@" "$container" backstep probe "$url" >out 2>&1 || status=$?
  [ "$status" = "$wanted" ] || fail "the probe of $url exited with $status, not $wanted: $(cat out)"
}
asks 23 "https://$(tls good)/"
says 'SSL certificate problem: unable to get local issuer certificate'
asks 0 "https://$(tls good)/" --env SSL_CERT_FILE=/tmp/ca.pem
says 'answered 200 OK'
asks 23 "https://$(tls expired)/" --env SSL_CERT_FILE=/tmp/ca.pem
says 'certificate has expired'
