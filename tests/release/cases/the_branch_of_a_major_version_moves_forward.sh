# A release lands on v1 with its image pinned, on top of the last one; nothing is rewritten, and an
# older one does not take the branch back.
need git
root=$(realpath "$CASES/../..")
export GIT_AUTHOR_NAME=someone GIT_AUTHOR_EMAIL=someone@example.com GIT_COMMITTER_NAME=someone \
  GIT_COMMITTER_EMAIL=someone@example.com
digest=$(sha256sum <"$root/LICENSE" | cut -d ' ' -f 1)
git init -q --bare origin
git init -q -b main work
cp -R "$root/action.yml" "$root/setup" "$root/templates" "$root/release" work
cd work || exit 1
git remote add origin ../origin
commit() { git add -A && git commit -q -m "$1" && git tag "${@:2}"; }
advance() { release/advance_branch.sh "$1" "ghcr.io/owner/backstep@sha256:$2" >../out 2>&1; }
branch() { git --git-dir=../origin "$@"; }
commit first v1.0.0

advance v1.0.0 "$digest" || fail "the first release failed: $(cat ../out)"
first=$(branch rev-parse v1)
[ "$(cat ../out)" = "$first" ] || fail "it does not say the commit $first: $(cat ../out)"
branch show v1:action.yml | grep -q "docker://ghcr.io/owner/backstep@sha256:$digest" || fail 'v1 has no pinned image'
[ "$(branch rev-parse v1^)" = "$(git rev-parse v1.0.0)" ] || fail 'the tagged commit is not its parent'
[[ $(grep -c 'image: Dockerfile' action.yml) = 1 && -z $(git status --short) ]] || fail 'the checkout was changed'
[ "$(git worktree list | wc -l)" = 1 ] || fail 'a working tree is left'

advance v1.0.0 "$digest" || fail 'a second time failed'
[ "$(branch rev-parse v1)" = "$first" ] || fail 'a second time made a second commit'

touch more && commit more v1.10.0 && git tag v1.9.0
advance v1.10.0 "$digest" || fail "the next release failed: $(cat ../out)"
[ "$(branch rev-parse v1^1)" = "$first" ] || fail 'not on top of the last release'
[ "$(branch rev-parse v1^2)" = "$(git rev-parse v1.10.0)" ] || fail 'the tagged commit is not in it'
branch cat-file -e v1:more || fail 'not the tagged files'

second=$(branch rev-parse v1)
other=$(printf other | sha256sum | cut -d ' ' -f 1)
! advance v1.9.0 "$other" || fail 'an older release took the branch back'
grep -q 'v1 holds v1.10.0 already, which is newer than v1.9.0' ../out || fail "it says: $(cat ../out)"
! release/advance_branch.sh v1.9.0 >../out 2>&1 || fail 'an older release is not seen before it is made'
release/advance_branch.sh v1.10.0 >../out 2>&1 || fail 'the newest release is refused'
! advance v1.10.0 'latest' || fail 'an image without a digest was released'
for tag in main v1 v1.2 v01.2.3 v1.2.3-rc1 'v1.2.3 x' v7.0.0; do
  ! advance "$tag" "$digest" || fail "$tag was released"
done
[ "$(branch rev-parse v1)" = "$second" ] || fail 'a refused release moved the branch'
[ "$(branch for-each-ref | wc -l)" = 1 ] || fail 'another branch was made'
