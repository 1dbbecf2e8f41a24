# Mounted and copied scripts, a broken version, and a service that only the failed version has.
need docker-compose
cp -R "$CASES/../../examples/compose" shop
cd shop || exit 1
port=$(python3 -c 'import socket; s=socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
sed -i "s/127.0.0.1:8080/127.0.0.1:$port/" compose.yml backstep.yml
# The plugin's name and the image's shell, which here is the image under test.
mkdir ../bin
docker run --rm -v "$PWD/../bin:/out" "$IMAGE" install /out >/dev/null || fail 'no binary'
printf '#!/bin/sh\n[ "$1" = compose ] || exec %s "$@"\nshift\nexec docker-compose "$@"\n' "$(command -v docker)" >../bin/docker
chmod 755 ../bin/docker
export PATH=$PWD/../bin:$PATH BASE_IMAGE=$IMAGE COMPOSE_PROJECT_NAME=shop$$
export BACKSTEP=$PWD/../bin/backstep
# shellcheck disable=SC2064 # as they are now
trap "cd '$PWD' && docker-compose down --timeout 1 --remove-orphans --rmi local >/dev/null 2>&1" EXIT
# shellcheck disable=SC2016 # for the inner shell
web_says() { until_true 10 sh -c 'docker exec "$1" cat /tmp/www/index.html | grep -qx "web $2"' - "${COMPOSE_PROJECT_NAME}_web_1" "$1"; }
worker_says() { docker logs "${COMPOSE_PROJECT_NAME}_worker_1" 2>&1 | tail -n 1 | grep -qx "worker $1" || fail "the worker is not $1"; }

expect 0 run
web_says 1
worker_says 1
echo 2 >VERSION
expect 0 run
web_says 2
worker_says 2

# The third brings a service more, and a web that cannot start.
sed -i 's/exec httpd/exec no-such-httpd/; s/^version=.*/version=3/' generate.sh
printf '  extra:\n    image: ${BASE_IMAGE:-busybox}\n    entrypoint: [tail, -f, /dev/null]\n    stop_grace_period: 1s\n' >>compose.yml
expect 20 run
says '❌ Failed and rolled back'
says 'cannot connect to'
web_says 2
worker_says 2
[ -z "$(docker ps --quiet --filter "name=${COMPOSE_PROJECT_NAME}_extra")" ] || fail 'the service of the failed version still runs'
! grep -q extra compose.yml || fail 'compose.yml is the failed one'
