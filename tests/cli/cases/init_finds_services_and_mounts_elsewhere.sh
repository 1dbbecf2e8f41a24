# Scripts beneath another directory are services; one that a container mounts needs --force-recreate wherever
# it lies, for the container keeps the file that it began with.
mkdir -p teams/a/x teams/b/y
printf '#!/bin/sh\necho old\n' | tee teams/a/x/entrypoint.sh >teams/b/y/entrypoint.sh
expect 0 init
says "2 services in teams/**/ with entrypoint.sh"
says_not "files:"
expect 0 backup --dry-run
says "Would back up 2 files:"

rm -r teams backstep.yml
mkdir web api
printf '#!/bin/sh\necho old\n' | tee web/entrypoint.sh >api/entrypoint.sh
cat >compose.yml <<EOT
services:
  web:
    image: web
    volumes: ["./web/entrypoint.sh:/entrypoint.sh:ro"]
  api:
    image: api
EOT
expect 0 init
grep -q '^deploy: docker compose up -d --build --force-recreate --remove-orphans$' backstep.yml || fail "no --force-recreate"
grep -q 'So it is with: web$' backstep.yml || fail "not told why"
grep -qx 'files: \[compose.yml, api/entrypoint.sh, web/entrypoint.sh\]' backstep.yml || fail "the scripts are not taken"
