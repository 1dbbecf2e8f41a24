# On disk: <service>_entrypoint.sh flat, mode kept; other files under _files/; a manifest; directories 0700.
tree
chmod 640 "$(entrypoint)"
mkdir nginx; echo conf >nginx/site.conf; echo no >nginx/other
expect 0 backup --files docker-compose.yml,nginx/*.conf
says "docker-compose.yml (from 'files') does not exist"
id=$(newest)
[[ $id =~ ^[0-9]{4}-[0-9]{2}-[0-9]{2}_[0-9]{2}-[0-9]{2}-[0-9]{2}$ ]] || fail "the name is $id"
[ "$(cd "backups/$id" && find . -type f | sort | tr '\n' ' ')" = "./_files/nginx/site.conf ./_manifest.jsonl ./action_service_entrypoint.sh ./typesense_client_service_entrypoint.sh " ] || fail "$(find backups)"
[ "$(stat -c %a "backups/$id/action_service_entrypoint.sh")" = 640 ] || fail "the mode was not kept"
cmp "$(entrypoint)" "backups/$id/action_service_entrypoint.sh" || fail "another content"
[ -z "$(find backups -type d ! -perm 700)" ] || fail "directories are not 0700"
grep -q '"absent":true' "backups/$id/_manifest.jsonl" || fail "what was absent is not listed"
