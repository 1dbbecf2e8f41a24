# What the cases are written in. Each case starts in an empty directory with the two services of a
# small tree at hand through `tree`. The variable BACKSTEP would be read as a setting's prefix only
# with an underscore behind it, so it may name the binary.

fail() { printf 'FAILED: %s\n' "$*" >&2; [ -f out ] && { echo '--- output:'; cat out; } >&2; exit 1; }
skip() { printf 'skipped: %s\n' "$*"; exit 125; }
need() { command -v "$1" >/dev/null 2>&1 || skip "$1 is not installed here"; }

# tree [SERVICE…]: a workspace with an executable entrypoint in each service.
tree() {
  [ $# -gt 0 ] || set -- action_service typesense_client_service
  local service
  for service in "$@"; do
    mkdir -p "services/$service"
    printf '#!/bin/sh\necho old %s\n' "$service" >"services/$service/entrypoint.sh"
    chmod 755 "services/$service/entrypoint.sh"
  done
}

# generator that rewrites every entrypoint with the word given.
generate_word() { printf 'for f in services/*/entrypoint.sh; do printf "#!/bin/sh\\necho %s\\n" >"$f"; done' "$1"; }

# expect STATUS ARGUMENT…: runs the binary, keeps stdout and stderr in the file `out`.
expect() {
  local wanted=$1 status
  shift
  "$BACKSTEP" "$@" >out 2>&1
  status=$?
  [ "$status" -eq "$wanted" ] || fail "'backstep $*' exited with $status, not $wanted"
}

says() { grep -qF -- "$1" out || fail "the output does not say: $1"; }
says_not() { ! grep -qF -- "$1" out || fail "the output says: $1"; }
last_line_says() { tail -n 1 out | grep -qF -- "$1" || fail "the last line does not say: $1"; }

entrypoint() { printf 'services/%s/entrypoint.sh' "${1:-action_service}"; }
is_old() { grep -q "echo old ${1:-action_service}" "$(entrypoint "$@")" || fail "${1:-action_service} is not the old one"; }
holds() { [ -e "$1" ] || fail "$1 does not exist"; grep -qF -- "$2" "$1" || fail "$1 does not hold: $2"; }
missing() { [ ! -e "$1" ] || fail "$1 exists"; }
exists() { [ -e "$1" ] || fail "$1 does not exist"; }
no_journal() { missing backups/.backstep/journal.json; }

backups() { ls backups 2>/dev/null; }                       # dot names are not listed
newest() { backups | tail -n 1; }
snapshot() { (cd "${1:-.}" && find . -path ./backups -prune -o -path ./out -prune -o -type f -printf '%p %m ' -exec sha256sum {} \; | sort); }
