# Where the machine goes with the job, setup keeps the backups in the repository: if that is private, the token may
# write, and nobody has named a remote. Else it says in one line what to do, and the job goes on without.
fresh_project
serve_git
mkdir bin temp
printf '#!/bin/sh\n[ "$1" != image ] || echo sha256:honest\n[ "$1" != cp ] || printf "#!/bin/sh\\n" >"$3"\n' >bin/docker
chmod 755 bin/docker
here=$PWD
on_runner one
checkout=$PWD
by_server
git rm --quiet backstep.yml
cd "$here" || exit
hosted() { # hosted [NAME=VALUE…]: as a step of a job on a hosted runner whose repository is private
  rm -f env
  env PATH="$PWD/bin:$PATH" RUNNER_TEMP="$PWD/temp" GITHUB_PATH="$PWD/path" GITHUB_OUTPUT="$PWD/output" GITHUB_ENV="$PWD/env" \
    GITHUB_WORKSPACE="$checkout" RUNNER_ENVIRONMENT=github-hosted BACKSTEP_SETUP_PRIVATE=true BACKSTEP_SETUP_REMOTE=git \
    BACKSTEP_SETUP_IMAGE=one BACKSTEP_SETUP_SOURCE="$CASES/../.." "$@" sh "$CASES/../../setup/install.sh" >out 2>&1 ||
    fail "it ended with $?"
}
is_on() { grep -qx BACKSTEP_REMOTE=git env || fail 'the remote is not on'; }
is_off() { ! grep -q BACKSTEP_REMOTE env || fail 'the remote is on'; }

# The token may only read.
echo refuse >"$shop/behaviour"
hosted; is_off
says "this machine goes with the job, and the backups with it: give it 'permissions: {contents: write}'"
says '403'
[ "$(grep -c 'backstep setup' out)" = 1 ] || fail 'not one line'
rm "$shop/behaviour"
# Everybody could read them, or nobody knows.
hosted BACKSTEP_SETUP_PRIVATE=false; is_off
says "name a private one, 'remote: {git: URL}'"
hosted BACKSTEP_SETUP_PRIVATE=; is_off
says 'public or nobody knows'
# There is no checkout yet.
hosted GITHUB_WORKSPACE="$here/temp"; is_off
says 'check out before this step (fatal: not a git repository'

hosted; is_on
says 'the backups are kept in refs/backstep of this repository'
[ -z "$(stored_commit)" ] || fail 'something was pushed'
# Somebody has chosen otherwise, or nothing is forgotten: nobody is asked.
: >"$shop/requests"
hosted BACKSTEP_REMOTE='{"git": "https://git.example.com/state.git"}'; is_off
hosted BACKSTEP_SETUP_REMOTE=none; is_off
hosted RUNNER_ENVIRONMENT=self-hosted; is_off
mkdir "$checkout/app"
printf 'remote:\n  fetch: ./remote.sh fetch\n' >"$checkout/app/backstep.yml"
git -C "$checkout" add app
hosted; is_off
says_not 'backstep setup'
[ ! -s "$shop/requests" ] || fail "somebody was asked: $(cat "$shop/requests")"
