#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# From a fresh checkout to a rolled back deploy, on three real services in a temporary directory.
# Usage: examples/quickstart.sh [--binary FILE]
#   --binary FILE  take this backstep; install and build nothing
# Exits with 0 only if everything it shows has really happened. Ports: PORT_BASE + 1, 2 and 3.
set -euo pipefail
repo=$(cd "$(dirname "$0")/.." && pwd)
name=typesense_client_service
binary=
demo=

bold='' dim='' red='' reset=''
if [[ -t 1 && -z ${NO_COLOR:-} && ${TERM:-dumb} != dumb ]]; then
  bold=$'\e[1m' dim=$'\e[2m' red=$'\e[31m' reset=$'\e[0m'
fi
heading() { printf '\n%s%s%s\n' "$bold" "$*" "$reset"; }
note() { printf '%s%s%s\n' "$dim" "$*" "$reset"; }
fail() { printf '\n%squickstart: %s%s\n' "$red" "$*" "$reset" >&2; exit 1; }

# Shows a command as one would type it, and does it.
show() { printf '%s$ %s%s\n' "$bold" "$1" "$reset"; eval "$1"; }

quoted() { printf '%q' "$1"; }
backstep() { "$binary" "$@"; }
url() { printf 'http://127.0.0.1:%d/' "$((PORT_BASE + $1))"; }
answers() { local port; for port in 1 2 3; do busybox wget -qO- "$(url "$port")" || return; done; }
show_answer() { show "busybox wget -qO- $(url 3)" || fail "$name does not answer"; }

clean_up() {
  [[ -n $demo ]] || return 0
  "$demo/deploy.sh" stop || true
  cd "$repo"
  rm -rf "$demo"
  demo=
}

# What surrounds us may set up backstep for something else, and wget for somewhere else.
forget_settings() {
  local variable
  for variable in $(compgen -e); do
    case $variable in BACKSTEP_* | INPUT_* | PLUGIN_* | http_proxy) unset "$variable" ;; esac
  done
}

build() {
  heading 'Building'
  "$repo/tests/support/install_packages.sh" build demo
  local log=$repo/build/quickstart.log started=$SECONDS
  mkdir -p "$repo/build"
  note 'compiling build/release/backstep, which takes a few minutes the first time'
  if ! (cd "$repo" && cmake --preset release && cmake --build --preset release) >"$log" 2>&1 </dev/null; then
    tail -n 40 "$log" >&2
    fail 'the build failed; all of its output is in build/quickstart.log'
  fi
  note "done in $((SECONDS - started)) s: $("$repo/build/release/backstep" version | head -n 1)"
  binary=$repo/build/release/backstep
}

is_free() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

choose_ports() {
  if [[ -z ${PORT_BASE:-} ]]; then
    for PORT_BASE in {18100..18190..10}; do
      if is_free $((PORT_BASE + 1)) && is_free $((PORT_BASE + 2)) && is_free $((PORT_BASE + 3)); then break; fi
    done
  fi
  export PORT_BASE
}

copy_demo() {
  demo=$(mktemp -d)
  cd "$repo/examples/three-services"
  cp -R services services.conf backstep.yml ./*.sh "$demo"
  cd "$demo"
  grep -q "^$name .* -v  *ready to search\$" services.conf ||
    fail 'examples/three-services/services.conf has been edited: git checkout it first'
}

start_services() {
  heading '1. Three services are live'
  note '(in a temporary copy of examples/three-services)'
  show './deploy.sh'
  local tries=300
  until ./check_health.sh >/dev/null; do
    (( tries-- > 0 )) || fail "the services do not start: $(./check_health.sh)"
    sleep 0.1
  done
  show_answer
}

run_and_expect() {
  local wanted=$1 status=0
  show 'backstep run' || status=$?
  note "(exit code $status)"
  [[ $status -eq $wanted ]] || fail "this was to end with exit code $wanted"
}

good_deploy() {
  heading '2. A change, deployed with backstep'
  show "sed -i '/^typesense/s/ready to search/ready, and faster/' services.conf"
  run_and_expect 0
  show_answer
  live_before=$(answers)
  script_before=$(<services/$name/entrypoint.sh)
  [[ $live_before == *"$name: ready, and faster" ]] || fail 'the change is not live'
}

broken_deploy() {
  heading '3. A mistake: the HTTP server knows -v, but not --verbose'
  show "sed -i '/^typesense/s/ -v / --verbose /' services.conf"
  run_and_expect 20
}

service_is_back() {
  heading '4. Nobody had to do anything: the service answers'
  show_answer
  [[ $(answers) == "$live_before" ]] || fail 'the services do not answer as they did before the typo'
  [[ $(<services/$name/entrypoint.sh) == "$script_before" ]] || fail 'the entrypoint script is not the old one'
}

what_next() {
  heading 'Next'
  cat <<TEXT
  The services are stopped and the temporary copy is gone. To play with your own:
    export PATH=$(quoted "${binary%/*}"):\$PATH
    cd $(quoted "$repo/examples/three-services")
    ./deploy.sh && backstep run
    backstep list
    backstep help
  README.md there says what else to break.
TEXT
}

case ${1:-} in
  --binary) binary=$(realpath "${2:?--binary needs a file}") ;;
  '') ;;
  *) sed -n '3,7s/^# //p' "$0" && exit 2 ;;
esac
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
[[ -n $binary ]] || build
forget_settings
choose_ports
copy_demo
start_services
good_deploy
broken_deploy
service_is_back
clean_up
what_next
