# Whatever kind of checkout it is, neither index, work tree, refs, hooks nor its objects are touched.
fresh_project
git -C "$project" config uploadpack.allowFilter true
looks_the_same() {
  local git_directory
  git_directory=$(git rev-parse --absolute-git-dir)
  git status --porcelain >"$git_directory/../state" 2>&1
  git for-each-ref
  git ls-files --stage
  # A checkout by git itself notes other times in it.
  (cd "$git_directory" && find . -type f ! -name state ! -name index -exec sha256sum {} + | sort -k 2)
}
in_a_checkout() {
  local before
  mkdir -p "$(git rev-parse --git-path hooks)"
  for hook in pre-push reference-transaction; do
    printf '#!/bin/sh\ntouch %s/hooked\n' "$PWD" >"$(git rev-parse --git-path hooks)/$hook"
    chmod +x "$(git rev-parse --git-path hooks)/$hook"
  done
  git status >/dev/null
  before=$(looks_the_same)
  expect 0 run --generate "$(generate_word "$1")" --deploy true "${@:2}"
  says 'Stored in refs/'
  git checkout --quiet services
  git status >/dev/null
  [ "$(looks_the_same)" = "$before" ] || { diff <(echo "$before") <(looks_the_same) >out; fail "git's directory was changed ($1)"; }
  missing hooked
}
on_runner plain
git update-index --refresh >/dev/null
in_a_checkout plain
cd "$shop/.." && git clone --quiet --depth 1 "file://$project" shallow
cd shallow || fail 'no shallow checkout'
in_a_checkout shallow
cd "$shop/.." && git clone --quiet --filter=blob:none "file://$project" partial
cd partial || fail 'no partial clone'
in_a_checkout partial
git worktree add --quiet ../tree 2>/dev/null
cd ../tree || fail 'no worktree'
in_a_checkout worktree
cd "$shop/.." && git init --quiet super && cd super &&
  git -c protocol.file.allow=always submodule --quiet add "$project" web
cd web || fail 'no submodule'
in_a_checkout submodule
# A branch, too, where a host takes no other refs.
cd "$shop/../plain/web" || exit
in_a_checkout branch --remote '{"ref": "backstep"}'
git -C "$project" show-ref --verify --quiet refs/heads/backstep || fail 'no branch was made'
on_runner last
expect 0 pull
[ "$(grep -c '"event":"accepted"' "$history")" = 5 ] || fail 'not all of them stored in one place'
