# A container keeps the file that it was made with, so the old script would answer the check of the new one.
tree web
cat >compose.yml <<EOT
services:
  shop:
    image: shop
    volumes: ["./services/web/entrypoint.sh:/entrypoint.sh:ro", "./other.conf:/etc/other.conf"]
EOT
mkdir bin && printf '#!/bin/sh\nexit 0\n' >bin/docker && chmod +x bin/docker
export PATH=$PWD/bin:$PATH
expect 0 run --deploy 'docker compose up -d'
says "Warning: Compose mounts services/web/entrypoint.sh into shop as a single file, and its container keeps the file"
says "add --force-recreate to the deploy"
for deploy in 'docker compose up -d --force-recreate' 'docker compose up -d && docker compose restart shop' './bin/docker'; do
  expect 0 run --deploy "$deploy"
  says_not "Compose mounts"
done
sed -i s/services.web.entrypoint.sh/elsewhere.sh/ compose.yml
expect 0 run --deploy 'docker compose up -d'
says_not "Compose mounts"
