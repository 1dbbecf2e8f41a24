# A mistyped services_dir, or services two levels down: exit 6 before anything changes, never a tick over nothing.
put() { for path; do mkdir -p "${path%/*}" && printf '#!/bin/sh\necho v1\n' >"$path" && chmod 755 "$path"; done; }
put apps/a/x/entrypoint.sh apps/b/y/entrypoint.sh apps/b/z/entrypoint.sh apps/c/w/entrypoint.sh
expect 6 run --services-dir apps --deploy 'touch deployed'
last_line_says "nothing is tracked: 0 of 3 directories in 'apps' hold entrypoint.sh; 4 lie elsewhere: apps/a/x/entrypoint.sh, apps/b/y/entrypoint.sh, apps/b/z/entrypoint.sh, …: services_dir: 'apps/**' would track them"
missing deployed
[ -z "$(backups)" ] || fail "a backup was left: $(backups)"
expect 6 run --deploy 'touch deployed'
last_line_says "nothing is tracked: 'services' does not exist; 4 lie elsewhere: "
expect 0 run --dry-run --deploy true
says "⚠️ Warning: nothing is tracked: 'services' does not exist"
expect 2 lint --services-dir apps
last_line_says "nothing to lint: 0 of 3 directories in 'apps' hold entrypoint.sh; 4 lie elsewhere: "
# Without a deploy it may yet come: a warning, and no tick either.
expect 0 backup --services-dir apps
says "⚠️ Warning: nothing is tracked so far: 0 of 3 directories"
says 'Backup created, and it is empty: backups/'
says_not '✅'
expect 0 run --services-dir 'apps/**' --deploy true
says '✅ Backup created: '
expect 0 lint --services-dir 'apps/**'
says '✔ 4 scripts, nothing found'

# What does take it is named: a place in each service, or single files.
rm -r apps backups && put services/web/docker/entrypoint.sh
expect 6 run --deploy true
last_line_says "1 lies elsewhere: services/web/docker/entrypoint.sh: entrypoint_file: docker/entrypoint.sh would track it"
expect 0 run --deploy true --entrypoint-file docker/entrypoint.sh
says '✅ Backup created: '
rm -r services backups && put docker/docker-entrypoint.sh
expect 6 run --deploy true
last_line_says "1 lies elsewhere: docker/docker-entrypoint.sh: 'files', with their paths or a glob, would track it"
expect 0 lint --files docker/docker-entrypoint.sh
says '✔ 1 script, nothing found'
echo port=1 >app.conf
expect 0 lint --files app.conf
last_line_says '⚠️ 0 scripts: no tracked file is one'
