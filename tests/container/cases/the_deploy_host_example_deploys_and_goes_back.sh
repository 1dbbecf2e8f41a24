# A deploy host: /srv/app on a host that has only docker: backstep and docker's client in one image of the user's own.
need python3
app=$PWD/srv/app
mkdir srv
cp -R "$CASES/../../examples/deploy-host/app" "$app"
port=$(python3 -c 'import socket; s=socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
sed -i "s/8080/$port/" "$app"/*.sh "$app"/backstep.yml "$app"/services/web/entrypoint.sh
sed -i "s/shop-/shop$$-/" "$app/deploy.sh"
# Where docker's own client image would be pulled, the same program of this machine stands in.
mkdir tools
cp "$(command -v docker)" tools/docker
printf 'FROM %s\nCOPY docker /usr/local/bin/docker\n' "$BASE_IMAGE" >tools/Dockerfile
docker build --quiet --tag tools$$ tools >out 2>&1 || fail 'no tools image'
docker build --quiet --tag release$$ --build-arg TOOLS=tools$$ --build-arg "BACKSTEP=$IMAGE" "$CASES/../../examples/deploy-host" >out 2>&1 || fail 'no release image'
# shellcheck disable=SC2064 # as they are now
trap "docker rm --force shop$$-web >/dev/null 2>&1; docker rmi --force release$$ tools$$ >/dev/null 2>&1" EXIT
export APP=$app DOCKER_SOCKET=${DOCKER_HOST#unix://} RELEASE_IMAGE=release$$
release() { sed "s|docker run|docker run --env SERVICE_IMAGE=$IMAGE --env BACKSTEP_HEALTH_MIN_HEALTHY_TIME|" "$CASES/../../examples/deploy-host/release.sh" | sh -s -- "$@" >out 2>&1; }
page() { python3 -c "import urllib.request; print(urllib.request.urlopen('http://127.0.0.1:$port/').read().decode().strip())"; }

release || fail "the first release exited with $?"
[ "$(page)" = 'web 1' ] || fail "the page is $(page)"
echo 2 >"$app/VERSION"
sed -i 's/exec httpd/exec no-such-httpd/' "$app/generate.sh"
release
status=$?
[ $status = 20 ] || fail "the broken release exited with $status"
says 'live now: the old version, healthy again'
[ "$(page)" = 'web 1' ] || fail "the page is $(page)"
release status || fail 'no status'
says ', good'
