# What the cases are written in: the words of tests/cli/lib.sh, with a container in place of the binary.
# shellcheck disable=SC2016,SC2119,SC2120,SC2154 # for the script that box writes; what lib.sh sets

# shellcheck source=../cli/lib.sh
. "$CASES/lib.sh"

# box [FLAG…]: from here on the binary is a container with the case's directory mounted at its own
# path, as a pipeline does it, and with these flags of `docker run`.
box() {
  {
    echo '#!/bin/sh'
    printf 'exec docker run --rm --network none -v "$PWD:$PWD" -w "$PWD" --env BACKSTEP_HEALTH_MIN_HEALTHY_TIME'
    [ $# = 0 ] || printf ' %q' "$@"
    # shellcheck disable=SC2016
    printf ' ${BOX-} %q "$@"\n' "$IMAGE"
  } >"$BACKSTEP"
  chmod 755 "$BACKSTEP"
}
box

# in_image WORD…: the image by itself, its output in `out`.
in_image() { docker run --rm --network none "$IMAGE" "$@" >out 2>&1; }

# of_user UID: the case's directory and all in it.
of_user() { chown -R "$1:$1" .; }

# deletable_by UID: that user can remove all that lies here, as the next checkout does.
deletable_by() {
  need setpriv
  rm -f out started.out
  setpriv --reuid "$1" --regid "$1" --clear-groups find . -mindepth 1 -delete 2>"$HOME/undeletable" ||
    fail "user $1 cannot delete: $(cat "$HOME/undeletable")"
}

# A run that deploys, and one that fails its check and is rolled back: what most cases put into a box.
good_and_bad_run() {
  quick_checks
  pass_settings
  expect 0 run --generate "$(generate_word v1)" --deploy true --health-check "$says_v1" --check-baseline false
  says "the new version, healthy"
  expect 20 run --generate "$(generate_word v2)" --deploy true --health-check "$says_v1"
  says "Failed and rolled back"
  is_word v1
  no_journal
  expect 0 verify
}

# The settings that the case exported go into the box too.
pass_settings() {
  BOX=$(env | sed -n 's/^\(BACKSTEP_[A-Z_]*\)=.*/--env \1/p' | tr '\n' ' ')
  export BOX
}
