#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Takes the binary out of an image, or from a release, and puts it on the PATH of the job's later steps.
# `docker cp` and not a mount: a job that runs in a container of its own shares no directory with the
# engine.
# A container is made of an image by its ID alone: on an engine that several jobs share, any of them can
# move a tag to another image at any moment.
set -eu
image=${BACKSTEP_SETUP_IMAGE:-}
directory=${RUNNER_TEMP:?}/backstep
mkdir -p "$directory"

fail() { echo "backstep setup: $1" >&2; exit 1; }

download() {
  if command -v curl >/dev/null; then
    curl -fsSL --retry 2 -o "$2" "$1"
  elif command -v wget >/dev/null; then
    wget -q -O "$2" "$1"
  else
    fail "neither curl nor wget is here to get '$1'"
  fi
}

# What was downloaded is no program until its checksum is right.
take_release() {
  [ -n "${BACKSTEP_SETUP_SHA256:-}" ] || fail "'binary' is given without 'sha256', its checksum in SHA256SUMS of the release"
  download "$BACKSTEP_SETUP_BINARY" "$directory/downloaded" || fail "cannot get '$BACKSTEP_SETUP_BINARY'"
  echo "$BACKSTEP_SETUP_SHA256  $directory/downloaded" | sha256sum -c - >/dev/null 2>&1 ||
    fail "'$BACKSTEP_SETUP_BINARY' has not the checksum that was given"
  mv "$directory/downloaded" "$directory/backstep"
  echo "from $BACKSTEP_SETUP_BINARY"
}

take_from_image() {
  command -v docker >/dev/null ||
    fail "no docker is here, as in a job with 'container:'; give 'binary' and 'sha256' of a release, or build backstep into the job's image (COPY --from=IMAGE /usr/local/bin/backstep /usr/local/bin/), or leave out 'container:'"
  if [ -z "$image" ]; then
    echo "no image is given: building the binary from source, which takes minutes"
    # The tag only keeps what was built from being cleaned away, for the next job.
    docker build --quiet --iidfile "$directory/image-id" --tag backstep-setup:local "$BACKSTEP_SETUP_SOURCE"
    id=$(cat "$directory/image-id")
  else
    docker image inspect "$image" >/dev/null 2>&1 || docker pull --quiet "$image"
    id=$(docker image inspect --format '{{.Id}}' "$image")
  fi
  [ -n "$id" ] || { echo "the engine has no ID for the image '$image'" >&2 && exit 1; }
  # The engine itself says which digests this very image was pulled by.
  case $image in
    *@*) docker image inspect --format '{{range .RepoDigests}}{{println .}}{{end}}' "$id" |
      grep -qF -- "@${image#*@}" || {
      echo "the image is not the one of the digest that was given: '$image' is $id" >&2
      exit 1
    } ;;
  esac

  container=$(docker create "$id")
  trap 'docker rm "$container" >/dev/null' EXIT
  docker cp "$container:/usr/local/bin/backstep" "$directory/backstep"
  echo "from image $id"
}

# Git, where the job would forget its backups and nobody has named a remote: no settings of the checkout, no variable.
is_wanted() {
  [ "${RUNNER_ENVIRONMENT:-}" = github-hosted ] && [ "${BACKSTEP_SETUP_REMOTE:-git}" != none ] &&
    [ -z "${BACKSTEP_REMOTE:-}" ] && ! git_here grep -qE '^remote:' -- '*.yml' '*.yaml' 2>/dev/null
}
git_here() { GIT_TERMINAL_PROMPT=0 LC_ALL=C git -C "${GITHUB_WORKSPACE:-.}" -c core.hooksPath=/dev/null "$@"; }

# A host refuses a push by who asks, before it looks at what is pushed. So nothing has to be.
keep_in_git() {
  forgets='backstep setup: this machine goes with the job, and the backups with it'
  if [ "${BACKSTEP_SETUP_PRIVATE:-}" != true ]; then
    echo "$forgets, for this repository is public or nobody knows: name a private one, 'remote: {git: URL}'"
  elif why=$(git_here push --quiet --dry-run --no-verify origin HEAD:refs/backstep/setup 2>&1); then
    echo BACKSTEP_REMOTE=git >>"${GITHUB_ENV:?}"
    echo "backstep setup: the backups are kept in refs/backstep of this repository ('with: {remote: none}' leaves that)"
  else
    echo "$forgets: give it 'permissions: {contents: write}', and check out before this step (${why##*
})"
  fi
}

if [ -n "${BACKSTEP_SETUP_BINARY:-}" ]; then take_release; else take_from_image; fi
chmod 755 "$directory/backstep"
"$directory/backstep" version

echo "$directory" >>"${GITHUB_PATH:?}"
# In a job's container root runs the steps, and the checkout is the runner's.
[ -z "${GITHUB_ENV:-}" ] || echo BACKSTEP_TRUST_OWNER=checkout >>"$GITHUB_ENV"
! is_wanted || keep_in_git
echo "path=$directory/backstep" >>"${GITHUB_OUTPUT:?}"
