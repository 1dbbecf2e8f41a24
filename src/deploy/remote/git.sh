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
git() { command git -c core.hooksPath=/dev/null -c i18n.commitEncoding=UTF-8 "$@"; }
command -v git >/dev/null || { echo 'there is no git here' >&2; exit 1; }

# The commit that the ref is at; nothing where there is none.
held() {
  git ls-remote -- "$url" "$ref" >"$place/refs"
  while read -r commit name; do [ "$name" != "$ref" ] || echo "$commit"; done <"$place/refs"
}

if objects=$(git rev-parse --git-path objects 2>"$place/why"); then
  [ "$url" != origin ] || url=$(git config --get remote.origin.url) || { echo "this checkout has no remote 'origin'" >&2; exit 1; }
  case $objects in /*) ;; *) objects=$PWD/$objects ;; esac
  export GIT_OBJECT_DIRECTORY="$place/objects" GIT_ALTERNATE_OBJECT_DIRECTORIES="\"$objects\""
  mkdir -p "$GIT_OBJECT_DIRECTORY"
elif [ "$url" = origin ]; then
  cat "$place/why" >&2
  exit 1
else
  # No repository that git trusts: one of our own knows no settings of it.
  git init --quiet --bare "$place/git"
  export GIT_DIR="$place/git"
fi

if [ "$1" = fetch ]; then
  # Where it moves on between the two, it is asked again.
  for _ in 1 2 3 4 5; do
    commit=$(held)
    [ -n "$commit" ] || exit 44
    git fetch --quiet --no-tags --no-recurse-submodules --no-write-fetch-head --no-auto-gc --refmap= -- "$url" "$ref"
    if git cat-file -e "$commit^{commit}" 2>"$place/why"; then
      echo "$commit" >"$BACKSTEP_REMOTE_MARK"
      exec git cat-file blob "$commit:$file"
    fi
  done
  cat "$place/why" >&2
  exit 1
fi

seen=$(cat "$BACKSTEP_REMOTE_MARK")
blob=$(git hash-object -w --stdin)
if [ "$(git cat-file -s "$blob")" -gt $largest ]; then
  echo "the store is larger than 100 MB as one tar, and git hosts take no larger file: let the retention keep less" >&2
  exit 1
fi
tree=$(printf '100644 blob %s\t%s\n' "$blob" "$file" | git mktree)
commit=$(git commit-tree -m 'The store of backstep' "$tree")
echo "$commit" >"$BACKSTEP_REMOTE_MARK"
[ "$commit" != "$seen" ] || exit 0
if git push --quiet --no-verify --no-follow-tags --recurse-submodules=no "--force-with-lease=$ref:$seen" -- \
  "$url" "$commit:$ref" 2>"$place/why"; then
  exit 0
fi
# One that broke off may have come through, and a refusal may mean that somebody was quicker: the ref tells.
now=$(held)
[ "$now" != "$commit" ] || exit 0
[ "$now" = "$seen" ] || exit 75
cat "$place/why" >&2
exit 1
