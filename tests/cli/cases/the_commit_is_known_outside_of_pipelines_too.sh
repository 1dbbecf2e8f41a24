# Where no platform names the commit the checkout's own .git does: a rollback of images by $BACKSTEP_GOOD_REVISION
# works from a deploy host and from Jenkins as it does from GitHub.
need git
tree
git init -q .
commit() { git -c user.name=a -c user.email=a@b.example commit -q --allow-empty -m "$1" || fail "git"; }
commit first
first=$(git rev-parse HEAD)
expect 0 run --generate "$(generate_word v1)" --deploy true --health-check true --health-min-healthy-time 0
commit second
# shellcheck disable=SC2016 # the deploy command sees it
expect 0 run --generate "$(generate_word v2)" --deploy 'echo "good=$BACKSTEP_GOOD_REVISION"'
says "good=$first"

# Jenkins says which commit it builds, and who it is.
JENKINS_URL=https://ci.example/ BUILD_TAG=jenkins-7 BUILD_USER_ID=mona BUILD_URL=https://ci.example/7 GIT_COMMIT=$first \
  expect 0 run --generate "$(generate_word v3)" --deploy true
expect 0 history --json
says '"url": "https://ci.example/7"'
says '"actor": "mona"'
[ "$(grep -c "\"commit\": \"$first\"" out)" -ge 2 ] || fail "the commit that Jenkins named is not on record"
