# Entrypoint by its absolute path, no CMD, USER or WORKDIR; a /tmp for everybody; labels.
get() { docker image inspect --format "$1" "$IMAGE"; }
[ "$(get '{{json .Config.Entrypoint}}')" = '["/usr/local/bin/backstep"]' ] || fail "$(get '{{json .Config.Entrypoint}}')"
[ "$(get '{{json .Config.Cmd}} [{{.Config.User}}] [{{.Config.WorkingDir}}]')" = 'null [] []' ] || fail "$(get '{{json .Config}}')"
get '{{json .Config.Env}}' >out
says '"container=docker"'
says '"BACKSTEP_TRUST_OWNER=checkout"'
get '{{json .Config.Labels}}' >out
says '"org.opencontainers.image.licenses":"Apache-2.0"'
docker run --rm --network none --user 1234 --entrypoint sh "$IMAGE" -c 'stat -c %a /tmp && echo x >/tmp/f && cat /tmp/f && ls -l /usr/local/bin/backstep-post' >out 2>&1 || fail "/tmp cannot be written"
says 1777
says "backstep-post -> backstep"
docker run --rm --network none --entrypoint sh "$IMAGE" -c 'id && cd && pwd' >out 2>&1
says "uid=0(root)"
says /root
for program in sh ash grep tar env mv rm tail wget cat cp mkdir sed awk id ls chmod chown test timeout; do
  docker_words="$docker_words; command -v $program >/dev/null || echo no $program"
done
docker run --rm --network none --entrypoint sh "$IMAGE" -c ":$docker_words" >out 2>&1 || fail "the look failed"
says_not "no "
