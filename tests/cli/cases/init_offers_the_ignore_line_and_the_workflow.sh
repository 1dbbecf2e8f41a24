# init prints what it does not write itself: the line for .gitignore, and how the pipeline at hand calls it,
# each line of which is in the examples.
need python3
root=$CASES/../..
tree
# in_order FILE: the printed snippet's lines are lines of FILE, in its order.
in_order() {
  json 'd["snippet"]' >snippet
  python3 - "$1" <<'PY' || fail "the snippet and $1 have drifted apart"
import sys
bare = lambda line: line.strip().removesuffix(" \\").removeprefix("$ ")
example = iter([bare(line) for line in open(sys.argv[1])])
for line in [bare(line) for line in open("snippet") if line.strip()]:
    if line not in example:
        sys.exit(f"not there, or not in this order: {line}")
PY
}
expect 0 init --print --json
[ "$(json 'd["platform"], d["ignore"], d["written"]')" = "('', 'backups/', None)" ] || fail "$(cat out)"
in_order "$root/docs/containers.md"
mkdir .github
expect 0 init --print --json
[ "$(json 'd["platform"]')" = github ] || fail 'not GitHub'
in_order "$root/examples/github/setup.yml"
python3 -c 'import yaml' 2>/dev/null && { python3 -c 'import yaml; yaml.safe_load(open("snippet"))' || fail 'no YAML'; }
touch .gitlab-ci.yml
expect 0 init --print --json
[ "$(json 'd["platform"]')" = '' ] || fail 'both, and it guessed'
rmdir .github
expect 0 init --print --json
[ "$(json 'd["platform"]')" = gitlab ] || fail 'not GitLab'
in_order "$root/examples/gitlab/component.gitlab-ci.yml"

expect 0 init
says 'In .gitignore, so that no backup is committed, and in .dockerignore, so that none gets into an image:'
says '  backups/'
missing .gitignore
says 'How a pipeline of GitLab calls it (.gitlab-ci.yml is here):'
last_line_says 'Then see what counts: backstep config'
