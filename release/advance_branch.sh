#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Puts a release on the branch of its major version, which `uses: …@v1` names: the tagged tree with
# the image pinned, on top of the branch's last release. No tag and no history is rewritten. Prints
# the commit. Done again for the same image it makes no second one.
# Usage, in a clone whose origin takes the push:
#   advance_branch.sh TAG IMAGE@sha256:DIGEST
#   advance_branch.sh TAG   only tells whether the tag may go onto the branch
set -euo pipefail
here=$(realpath "$(dirname "$0")")
tag=${1:?a tag}
image=${2-}

if [[ ! $tag =~ ^v(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)$ ]]; then
  echo "not the tag of a release, v1.2.3: '$tag'" >&2
  exit 2
fi
branch=v${BASH_REMATCH[1]}
source=$(git rev-parse --verify --quiet "refs/tags/$tag^{commit}") || { echo "no tag $tag here" >&2 && exit 2; }

parents=(-p "$source")
before=
if git fetch --quiet origin "refs/heads/$branch" 2>/dev/null; then
  before=$(git rev-parse FETCH_HEAD)
  parents=(-p "$before" "${parents[@]}")
  # An older release made anew must not take the branch back.
  newest=$(git log -1 --format=%s "$before" | sed -n 's/^Release //p')
  if [ "$(printf '%s\n' "$newest" "$tag" | sort -V | tail -n 1)" != "$tag" ]; then
    echo "$branch holds $newest already, which is newer than $tag" >&2
    exit 1
  fi
fi
[ $# -gt 1 ] || exit 0

# A working tree of its own: the checkout of the job stays as it is.
tree=$(mktemp -d)
trap 'git worktree remove --force "$tree" 2>/dev/null; rm -rf "$tree"' EXIT
git worktree add --quiet --force --detach "$tree" "$source"
"$here/pin_image.sh" "$image" "$tree"
git -C "$tree" add --update
content=$(git -C "$tree" write-tree)
if [ -n "$before" ] && [ "$(git rev-parse "$before^{tree}")" = "$content" ]; then
  echo "$before"
  exit 0
fi
commit=$(git commit-tree "$content" "${parents[@]}" -m "Release $tag" -m "The image: $image")
# Without force: a branch that moved meanwhile is refused.
git push --quiet origin "$commit:refs/heads/$branch"
echo "$commit"
