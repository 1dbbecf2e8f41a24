# A runner on Kubernetes keeps the container alive with tail, and executes scripts by a login shell.
container=$(docker run --detach --rm --network none -v "$PWD:/w" --entrypoint tail "$IMAGE" -f /dev/null)
trap 'docker rm --force "$container" >/dev/null' EXIT
cat >script <<'END'
#!/bin/sh -l
set -e
export GREETING=hello
exec env "NAME=a b" sh -c 'cd /w && mkdir d && echo "$GREETING $NAME" >d/f && tar -cf t.tar d && mv d e && tar -xf t.tar && rm -r e && cat d/f && command -v backstep'
END
chmod 755 script
docker exec "$container" /w/script >out 2>&1 || fail "the script failed"
says "hello a b"
says /usr/local/bin/backstep
docker exec "$container" sh -e /w/script >out 2>&1 && fail "a second time must fail at mkdir"
docker exec "$container" /usr/local/bin/backstep version >out 2>&1 || fail "the binary by its path"
docker exec "$container" /usr/local/bin/backstep-post version >out 2>&1 || fail "the post stage by its path"
