# What getting a client for the tests has in common: where they are kept, and how it ends without one.
# shellcheck disable=SC2034 # for the scripts that source it
cache=${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/backstep-tests

# begin_getting: from here on `log` takes what tools say, and the directory `new` is thrown away.
begin_getting() {
  log=$(mktemp)
  new=
  trap 'rm -rf "$log" ${new:+"$new"}' EXIT
}

# none REASON: the client cannot be had.
none() {
  tail -n 5 "$log" >&2
  echo "skipped: $1"
  exit 125
}
