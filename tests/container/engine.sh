#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# A container engine of the tests' own, beside any that the machine has, and the image built in it.
# Usage: engine.sh start STATE | engine.sh stop STATE
# STATE is a file: what the cases need to know of the engine, or why there is none.
set -euo pipefail
root=$(realpath "$(dirname "$0")/../..")
command=$1
state=$2
base_name=debian:bookworm-slim # what the Dockerfile builds in; nothing is pulled under that name here

no_engine() {
  printf 'reason=%q\n' "$1" >>"$state"
  echo "skipped: $1"
  exit 125
}

# Where there is memory for it, what it builds lies there: dpkg flushes each of ten thousand files, and
# on a disk those flushes and their removal took longer than all the cases.
data_place='exec "$@"'
# shellcheck disable=SC2016 # for the shell that starts the engine
[ "$(awk '/^MemAvailable:/ { print int($2 / 1048576) }' /proc/meminfo)" -lt 12 ] ||
  data_place='mount -t tmpfs -o size=8g,mode=710 tmpfs "$0" && exec "$@"'

# Its mounts are in a namespace of its own: whatever happens to it, nothing stays mounted here.
start_engine() {
  mkdir -p "$engine/data"
  setsid unshare --mount --propagation slave sh -c "$data_place" "$engine/data" dockerd \
    --host "unix://$engine/sock" --data-root "$engine/data" --exec-root "$engine/exec" --pidfile "$engine/pid" \
    --bridge none --iptables=false --ip-forward=false --ip-masq=false \
    >"$engine/log" 2>&1 </dev/null &
  local waited=0
  until docker version >/dev/null 2>&1; do
    waited=$((waited + 1))
    if [ $waited -gt 300 ] || ! kill -0 $! 2>/dev/null; then
      no_engine "dockerd does not run here: $(grep -E 'level=(fatal|error)|failed' "$engine/log" | tail -n 1)"
    fi
    sleep 0.1
  done
}

# Debian's smallest system, by the machine's own mirror: no registry is asked. rsync is in it because
# gitlab-ci-local copies artifacts with it, in a container; git, because a job keeps its backups by it.
base_archive() {
  local cache=${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/backstep-tests
  local archive release mirror log=$engine/debootstrap.log
  # The machine's own release: what apt is told here is copied into it.
  # shellcheck disable=SC2016 # apt's own placeholders
  read -r release mirror < <(apt-get indextargets --format '$(CODENAME) $(COMPONENT) $(REPO_URI)' 'Created-By: Packages' |
    sed -nE 's/^(bookworm|trixie|forky|sid) main /\1 /p') || no_engine "apt knows no mirror of Debian"
  archive=$cache/$release-rsync-git-$(dpkg --print-architecture).tar
  mkdir -p "$cache"
  if [ -z "$(find "$archive" -mtime -7 2>/dev/null)" ]; then
    debootstrap --variant=minbase --include=rsync,git "$release" "$engine/base" "$mirror" >"$log" 2>&1 ||
      no_engine "no base image could be made: $(tail -n 1 "$log")"
    rm -rf "$engine/base/etc/apt" "$engine"/base/var/cache/apt/archives/*.deb "$engine"/base/var/lib/apt/lists/*
    tar -C "$engine/base" -cf "$archive.new" .
    mv "$archive.new" "$archive"
    rm -rf "$engine/base"
  fi
  cp "$archive" "$engine/base.tar"
}

# apt in the build reaches what apt on this machine reaches, without a word of it in the Dockerfile.
import_base() {
  base_archive
  tar -C / --transform 's,^,./,' -rf "$engine/base.tar" etc/apt
  docker import "$engine/base.tar" "$base_name" >/dev/null
  rm "$engine/base.tar"
}

build_image() { # TAG ARGUMENT…
  local tag=$1
  shift
  docker build --network host ${http_proxy:+--build-arg "http_proxy=$http_proxy"} --tag "backstep-test:$tag" "$@" "$root"
}

start() {
  # A run that was killed may have left one.
  [ ! -e "$state" ] || stop
  mkdir -p "$(dirname "$state")"
  [ "$(id -u)" = 0 ] || no_engine "an engine of our own needs root"
  command -v unshare >/dev/null || no_engine "unshare is not installed here"
  "$root/tests/support/install_packages.sh" container || no_engine "docker.io and debootstrap cannot be installed"
  command -v dockerd >/dev/null || no_engine "dockerd is not installed here"
  command -v debootstrap >/dev/null || no_engine "debootstrap is not installed here"
  unshare --mount true 2>/dev/null || no_engine "mounting is not permitted here"
  # Short: a socket's path may have 107 characters.
  engine=$(mktemp -d "${TMPDIR:-/tmp}/bse.XXXXXX")
  chmod 755 "$engine"
  printf 'engine=%q\n' "$engine" >"$state"
  export DOCKER_HOST=unix://$engine/sock DOCKER_CONFIG=$engine/client
  start_engine
  import_base
  build_image binary --target binary
  build_image image
  echo "image=backstep-test:image binary_image=backstep-test:binary base_image=$base_name" >>"$state"
}

end_process() {
  kill -0 "$1" 2>/dev/null || return 0
  kill -TERM "$1"
  local waited=0
  while kill -0 "$1" 2>/dev/null; do
    waited=$((waited + 1))
    [ $waited -lt 300 ] || { kill -KILL "$1" && return; }
    sleep 0.1
  done
}

stop() {
  # shellcheck source=/dev/null
  . "$state"
  rm -f "$state"
  [ -n "${engine-}" ] && [ -d "$engine" ] || return 0
  export DOCKER_HOST=unix://$engine/sock DOCKER_CONFIG=$engine/client
  local containers
  containers=$(docker ps --all --quiet 2>/dev/null) || containers=
  # shellcheck disable=SC2086 # one word each
  [ -z "$containers" ] || docker rm --force $containers >/dev/null
  [ ! -e "$engine/pid" ] || end_process "$(cat "$engine/pid")"
  [ ! -e "$engine/exec/containerd/containerd.pid" ] || end_process "$(cat "$engine/exec/containerd/containerd.pid")"
  if grep -F " $engine/" /proc/self/mountinfo; then
    echo "the engine left the mounts above" >&2
    exit 1
  fi
  rm -rf "$engine"
}

case $command in
  start) start ;;
  stop) [ ! -e "$state" ] || stop ;;
  *) echo "usage: engine.sh start|stop STATE" >&2 && exit 2 ;;
esac
