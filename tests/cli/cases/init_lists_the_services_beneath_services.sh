# init lists the directories beneath services/ that hold an entrypoint.sh; a single script that is called so and lies
# elsewhere is a file, for nobody can tell from outside whose it is.
# found PATH…: what init makes of a fresh directory with these files.
found() {
  rm -rf tree && mkdir tree
  local path
  for path; do
    mkdir -p "tree/${path%/*}"
    echo 'echo x' >"tree/$path"
  done
  (cd tree && "$BACKSTEP" init --print) >out || fail "init failed on: $*"
}
has() { grep -qxF -- "$1" out || fail "no line '$1'"; }
found services/web/entrypoint.sh services/api/entrypoint.sh apps/a/entrypoint.sh services/readme.md
has 'services_dir: services'
has 'entrypoint_file: entrypoint.sh'
has '# 2 services: api, web'
found services/web/entrypoint.sh services/api/start.sh
has '# 1 service: web'
has '# Without entrypoint.sh so far: api'
found services/a/x services/b/y
has 'services_dir: services'
has '# Without entrypoint.sh so far: a, b'
for elsewhere in apps/web/entrypoint.sh web/entrypoint.sh services/entrypoint.sh; do
  found $elsewhere
  has '# No services are here: sub-directories of services/ with an entrypoint.sh.'
  has '#services_dir: services'
  has '#entrypoint_file: entrypoint.sh'
  has "files: [$elsewhere]"
done
found services/web/entrypoint.sh nginx/docker-entrypoint.sh ./compose.yml ./compose.prod.yml
has "files: [compose.yml, nginx/docker-entrypoint.sh]"
has '# Of no service, and called like its script: nginx/docker-entrypoint.sh'
has '# Not taken, for Compose reads them only where `-f` names them: compose.prod.yml'
cd tree || exit 1
expect 0 init
says '   files: compose.yml, nginx/docker-entrypoint.sh'
says '   not taken: compose.prod.yml'
expect 0 backup
