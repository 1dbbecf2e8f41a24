# What the cases of gitlab-ci-local are written in: our examples in a repository that it runs, with the
# images that tests/container made. What it copies with is Debian's image: bash and rsync are in it.
# shellcheck disable=SC2034,SC2154 # what the cases read; what lib.sh sets
. "$CASES/../platforms/lib.sh"
client=$(XDG_CACHE_HOME=$(dirname "$CLIENTS") bash "$platforms/clients/get_gitlab_ci_local.sh" --where) ||
  skip "${client#skipped: }"
version=${client##*/gitlab-ci-local-}
version=${version%-node-*}
project=source
git_here() { git -C $project -c user.name=tanuki -c user.email=tanuki@gitlab.test "$@" >/dev/null; }

# example FILE: as the pipeline of the repository. A component is included from the same repository,
# since no GitLab is here to hand it out, and its backups are in a repository that the jobs see. `more.yml` of the
# case comes last.
example() {
  cp "$root/templates/backstep.yml" $project/component.yml
  git init --quiet --bare origin.git
  sed -e 's,component: .*/backstep@1$,local: component.yml,' -e "s,remote: git\$,remote: '{\"git\": \"/origin.git\"\, \"ref\": \"refs/backstep/it\"}'," -e "s,registry.example.com/OWNER/backstep:1,$IMAGE," \
    -e "s,registry.example.com/you/deploy-tools:1,$BASE_IMAGE," "$1" >$project/example.yml
  cp more.yml $project/more.yml
  printf 'include: [{local: example.yml}, {local: more.yml}]\n' >$project/.gitlab-ci.yml
}

# What the files look like where the job sees them, whose directory is a volume that does not stay.
check_notes_files() {
  # shellcheck disable=SC2016 # for the check's own shell
  sed -i '3i for f in services/*/entrypoint.sh; do stat -c "%n %a %u:%g" $f; sha256sum <$f; done >seen_in_$BACKSTEP_PHASE' $project/check.sh
}
artifact() { printf '%s/.gitlab-ci-local/artifacts/deploy/%s' $project "$1"; }

# pipeline STATUS [FLAG…] [JOB…]: of what lies in the repository now; the log is `out`.
pipeline() {
  local wanted=$1 status=0
  shift
  [ -e $project/.git ] || {
    git_here init --quiet --initial-branch main
    git_here remote add origin git@gitlab.test:group/project.git
    echo .gitlab-ci-local >>$project/.git/info/exclude
  }
  git_here add --all
  git_here commit --allow-empty --message 'what the pipeline deploys'
  # It calls itself no GitLab: with GITLAB_CI we do what we do on one.
  "$client/bin/gitlab-ci-local" --cwd $project --home "$HOME" --pull-policy if-not-present --helper-image "$BASE_IMAGE" \
    --no-artifacts-to-source --volume "$PWD/origin.git:/origin.git" --no-color --variable GITLAB_CI=true "$@" >out 2>&1 || status=$?
  [ "$status" = "$wanted" ] || fail "the pipeline exited with $status, not $wanted"
}
# Nothing outlives a pipeline but its own directory of state.
nothing_is_left() {
  # shellcheck disable=SC2016 # for the inner shell
  until_true 20 sh -c '! docker ps --all --no-trunc --format "{{.Mounts}}" | grep gcl- && [ -z "$(docker volume ls --quiet --filter name=gcl-)" ]'
  rm -rf $project/.gitlab-ci-local
  [ -z "$(git -C $project status --porcelain)" ] || fail "left in the checkout: $(git -C $project status --porcelain)"
}
live_is() { [ "$(tail -n 1 "$(artifact deploys)")" = "deployed $1" ] || fail "live is: $(cat "$(artifact deploys)")"; }
