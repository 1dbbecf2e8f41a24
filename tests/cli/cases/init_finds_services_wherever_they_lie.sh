# init takes the directory whose sub-directories hold the scripts, and the name that all of those share.
# found TREE…: what init makes of a fresh directory with these files.
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
found apps/web/entrypoint.sh apps/api/entrypoint.sh docs/a/x.md
has 'services_dir: apps'
has 'entrypoint_file: entrypoint.sh'
has '# 2 services: api, web'
found deploy/containers/web/entrypoint.sh a/b/c/d/entrypoint.sh
has 'services_dir: deploy/containers'
# The default wins over more.
found services/web/entrypoint.sh apps/a/entrypoint.sh apps/b/entrypoint.sh
has 'services_dir: services'
found services/web/docker-entrypoint.sh services/web/build.sh services/api/docker-entrypoint.sh services/api/build.sh
has 'entrypoint_file: docker-entrypoint.sh'
found services/web/start.sh services/api/start.sh services/api/other.sh
has 'entrypoint_file: start.sh'
# Scripts of another kind do not make services.
found tools/a/run.sh tools/b/run.sh
has '#services_dir: services'
has '# No directory here has services in it: sub-directories with an entrypoint.sh.'
found node_modules/a/entrypoint.sh .hidden/a/entrypoint.sh backups/a/entrypoint.sh
has '#services_dir: services'
found web/entrypoint.sh api/entrypoint.sh
has '# api, web hold an entrypoint.sh, but in no directory of their own: move them into one.'
found services/a/x services/b/y
has 'services_dir: services'
has '# Without entrypoint.sh so far: a, b'
# Names that YAML or a shell would take for something else.
found "my apps/web/entrypoint.sh"
has "services_dir: 'my apps'"
found "it's/web/entrypoint.sh"
has "services_dir: 'it''s'"
found 0123/web/entrypoint.sh
has "services_dir: '0123'"
found no/web/entrypoint.sh
has "services_dir: 'no'"
for odd in 'my apps' "it's" 0123 no '#x' 'a: b' '&a' '!t' '%d' '@x' '~' '-' 'Ünï'; do
  found "$odd/web/entrypoint.sh"
  (cd tree && "$BACKSTEP" init >/dev/null && "$BACKSTEP" backup) >out 2>&1 || fail "no backup with '$odd'"
  [ "$(cat tree/backups/2*/web_entrypoint.sh)" = 'echo x' ] || fail "no script in the backup with '$odd'"
done
# A name that no file of settings can hold is passed over, and does no harm.
found $'new\nline/web/entrypoint.sh' $'\xff/web/entrypoint.sh' ' /web/entrypoint.sh' '[x]/web/entrypoint.sh'
has '#services_dir: services'
