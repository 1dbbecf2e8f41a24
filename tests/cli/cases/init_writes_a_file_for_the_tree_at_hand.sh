# init writes a backstep.yml for what lies here: services and what Compose's file says; each line is valid as it
# stands, and with all that is commented out taken in.
need python3
tree action_service central_sequence_service typesense_client_service
mkdir services/yet_to_come
echo 'services: {}' >docker-compose.yml
expect 0 init
says '✅ Wrote backstep.yml: look it over'
says '3 services in services/ with entrypoint.sh, 1 without so far'
[ "$(stat -c %a backstep.yml)" = 644 ] || fail "mode $(stat -c %a backstep.yml)"
holds backstep.yml '# 3 services: action_service, central_sequence_service, typesense_client_service'
holds backstep.yml '# Without entrypoint.sh so far: yet_to_come'
grep -qxF 'services_dir: services' backstep.yml || fail 'no services_dir'
grep -qxF 'files: [docker-compose.yml]' backstep.yml || fail 'no files'
grep -qxF 'deploy: docker compose up -d --build --remove-orphans' backstep.yml || fail 'no deploy'
cp backstep.yml written.yml
expect 0 config
expect 0 backup
[ "$(find backups/2*/ -name '*_entrypoint.sh' | wc -l)" = 3 ] || fail "$(find backups)"
exists "backups/$(newest)/_files/docker-compose.yml"
# Taken in: every `#` before a key.
sed -E 's/^#([^ ]|  [a-z])/\1/' written.yml >backstep.yml
sed -i '/^remote: git$/d' backstep.yml # this is no checkout
[ "$(grep -c '^#[^ ]' backstep.yml)" = 0 ] || fail 'something is commented out still'
expect 0 config --json
[ "$(json '{s["name"]: s["value"] for s in d["settings"]}["health_check"]')" = 'curl -fsS http://localhost:8080/health' ] || fail "$(cat out)"
rm -rf backups
expect 0 backup
# The retention and names in it are the defaults, so that nobody meets a surprise.
cp written.yml backstep.yml
expect 0 config
grep -vE '^(files|deploy|diagnose) ' out | grep 'backstep.yml:' | sed -E 's/ +backstep.yml:.*//' >in_file
mv backstep.yml elsewhere.yml
expect 0 config
sed -E 's/ +default$//' out >defaults
while IFS= read -r row; do
  grep -qxF -- "$row" defaults || fail "not the default: $row"
done <in_file
[ "$(wc -l <in_file)" -ge 6 ] || fail "only $(wc -l <in_file) settings"
