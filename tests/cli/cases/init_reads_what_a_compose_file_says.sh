# Where a Compose file is here, init takes over what it says, and nothing that it does not say: the deploy, a
# check that a service asks at a port which it publishes, and scripts that are mounted as single files.
need python3
has() { grep -qxF -- "$1" out || fail "no line '$1'"; }
tree web
compose() { cat >compose.yml; rm -f backstep.yml; expect 0 init --print; }
compose <<'YML'
services:
  db: {image: postgres, ports: ["5432:5432"], healthcheck: {test: pg_isready}}
  web: {build: services/web, ports: ["8080:80"]}
YML
has 'files: [compose.yml]'
has 'deploy: docker compose up -d --build --remove-orphans'
has '#health_check:'
has '#  test: curl -fsS http://localhost:8080/health'
compose <<'YML'
services:
  web:
    volumes: ["./services/web/entrypoint.sh:/entrypoint.sh:ro"]
    ports: ["127.0.0.1:8081:80"]
    healthcheck:
      test: ["CMD", "curl", "-f", "http://localhost/health"]
      interval: 7s
      retries: 4
YML
has 'deploy: docker compose up -d --build --force-recreate --remove-orphans'
has '# old name, which Compose does not notice. So it is with: web'
has '# It asks what Compose'"'"'s own check asks, at the published port: web'
grep -q '^rollback:' out && fail 'a rollback command from nowhere'
expect 0 init
expect 0 config --json
json '{s["name"]: s["value"] for s in d["settings"]}' >settings
for wanted in "'health_url': 'http://127.0.0.1:8081/health'" "'health_interval': '7s'" "'health_retries': '4'" "'health_timeout': '30s'"; do
  grep -qF "$wanted" settings || fail "not $wanted in: $(cat settings)"
done
expect 0 backup
# What the reader refuses is said, and not guessed at.
compose <<'YML'
x-common: &common {restart: always}
services:
  web: {<<: *common, volumes: ["./services/web/entrypoint.sh:/entrypoint.sh"]}
YML
has 'deploy: docker compose up -d --build --remove-orphans'
says "# Compose's file could not be read here."
expect 0 init
says "⚠️ Warning: nothing was taken from Compose's file: compose.yml:1:11: anchors are not allowed: '&common'"
expect 0 config
