# The real client of pre-commit runs the hook by what the repository says of it.
need git
need pre-commit
export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.com GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@example.com
mkdir hooks bin && cp "$CASES/../../.pre-commit-hooks.yaml" hooks/
(cd hooks && git init -q . && git add . && git commit -qm 'The hook') || fail 'no repository can be made'
ln -s "$BACKSTEP" bin/backstep
export PATH=$PWD/bin:$PATH PRE_COMMIT_HOME=$PWD/home
mkdir shop && cd shop || exit 1
tree
git init -q . && git add .
hook() { pre-commit try-repo ../hooks backstep-lint --all-files --verbose >out 2>&1; }
hook || fail "a good tree is refused: $(cat out)"
says '✔ 2 scripts, nothing found'
printf 'echo no first line\n\000\n' >"$(entrypoint)"
git add .
hook && fail 'a broken script is let through'
says 'action_service/entrypoint.sh'
