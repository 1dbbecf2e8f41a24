#!/bin/sh
# The setting `remote: git` by the interface of its two commands: `git.sh fetch` and `git.sh store`, see
# remote.h. The store is one file in one commit without a parent, so that nothing grows, and always the same
# commit for the same store. Of the checkout only git's settings are used, with the user's credentials: what is
# made lies in the directory of the mark, and no index, work tree, ref or hook is touched.
# Usage: git.sh fetch|store URL REF
set -eu
url=$2 ref=$3 place=${BACKSTEP_REMOTE_MARK%/*} file=store.tar
largest=100000000 # bytes: hosts take no larger file
export GIT_TERMINAL_PROMPT=0 LC_ALL=C
export GIT_AUTHOR_NAME=backstep GIT_AUTHOR_EMAIL=backstep GIT_AUTHOR_DATE=2000-01-01T00:00:00Z
export GIT_COMMITTER_NAME=$GIT_AUTHOR_NAME GIT_COMMITTER_EMAIL=$GIT_AUTHOR_EMAIL GIT_COMMITTER_DATE=$GIT_AUTHOR_DATE
# The objects beneath ours are the checkout's, whose refs git knows by itself: nobody asks for them a second time.
git() {
  command git -c core.hooksPath=/dev/null -c i18n.commitEncoding=UTF-8 -c core.alternateRefsCommand=: -c pack.threads=1 "$@"
}
command -v git >/dev/null || { echo 'there is no git here' >&2; exit 1; }

# What git says, without the advice that it gives to everybody.
fail() {
  while read -r line || [ -n "$line" ]; do
    case $line in 'Please make sure you have'* | 'and the repository exists.') ;; *) echo "$line" >&2 ;; esac
  done <"$place/why"
  [ $# = 0 ] || echo "$1" >&2
  exit 1
}
# Into `now` the commit that the ref is at; nothing where there is none.
ask() {
  now=
  git ls-remote -- "$url" "$ref" >"$place/refs" 2>"$place/why" || fail
  while read -r at name; do [ "$name" != "$ref" ] || now=$at; done <"$place/refs"
}
# push COMMIT SEEN [FLAG]: the ref is at the one from now on, if it is at the other.
push() {
  git push --quiet --no-verify --no-follow-tags --recurse-submodules=no "--force-with-lease=$ref:$2" ${3+"$3"} -- \
    "$url" "$1:$ref" 2>"$place/why"
}

if objects=$(git rev-parse --git-path objects 2>"$place/why"); then
  [ "$url" != origin ] || url=$(git config --get remote.origin.url) || { echo "this checkout has no remote 'origin'" >&2; exit 1; }
  case $objects in /*) ;; *) objects=$PWD/$objects ;; esac
  export GIT_OBJECT_DIRECTORY="$place" GIT_ALTERNATE_OBJECT_DIRECTORIES="\"$objects\""
elif [ "$url" = origin ]; then
  fail
else
  # No repository that git trusts: one of our own knows no settings of it.
  git init --quiet --bare "$place/git"
  export GIT_DIR="$place/git"
fi

seen=
read -r seen <"$BACKSTEP_REMOTE_MARK" || :
if [ "$1" = fetch ]; then
  # Where it moves on between the two, it is asked again.
  for _ in 1 2 3 4 5; do
    ask
    [ -n "$now" ] || exit 44
    [ "$now" != "$seen" ] || exit 0
    git fetch --quiet --no-tags --no-recurse-submodules --no-write-fetch-head --no-auto-gc --refmap= -- "$url" "$ref" \
      2>"$place/why" || fail
    if git cat-file -e "$now^{commit}" 2>"$place/why"; then
      # A host says who may not write before it is told what.
      [ -z "${BACKSTEP_REMOTE_PROBE-}" ] || push "$now" "$now" --dry-run ||
        fail "it can be read, and these credentials may not write it (on GitHub: permissions: {contents: write})"
      echo "$now" >"$BACKSTEP_REMOTE_MARK"
      exec git cat-file blob "$now:$file"
    fi
  done
  fail
fi

if [ "$(wc -c </dev/stdin)" -gt $largest ]; then
  echo "the store is larger than 100 MB as one tar, and git hosts take no larger file: let the retention keep less" >&2
  exit 1
fi
blob=$(git hash-object -w --stdin)
tree=$(printf '100644 blob %s\t%s\n' "$blob" "$file" | git mktree)
commit=$(git commit-tree -m 'The store of backstep' "$tree")
echo "$commit" >"$BACKSTEP_REMOTE_MARK"
[ "$commit" != "$seen" ] || exit 0
! push "$commit" "$seen" || exit 0
# One that broke off may have come through, and a refusal may mean that somebody was quicker: the ref tells.
mv "$place/why" "$place/refused"
ask
[ "$now" != "$commit" ] || exit 0
[ "$now" = "$seen" ] || exit 75
mv "$place/refused" "$place/why"
fail
