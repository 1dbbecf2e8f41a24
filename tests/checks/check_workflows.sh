#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# actionlint has nothing to say of our workflows, of the examples', nor of a workflow that gives our
# actions every input that they know. Usage: check_workflows.sh ROOT
set -euo pipefail
actionlint=$("$(dirname "$0")/linters.sh" path actionlint)
python3 -c 'import yaml' 2>/dev/null || { echo 'skipped: python3-yaml is not installed here'; exit 125; }
cd "$1"

# It reads an action's metadata only where a workflow of the same repository uses it.
probe=$(mktemp -d)
trap 'rm -rf "$probe"' EXIT
mkdir -p "$probe/.git" "$probe/.github/workflows"
cp -R action.yml setup Dockerfile "$probe"
python3 - "$probe/.github/workflows/probe.yml" <<'EOF'
import sys
import yaml

def uses(path, metadata):
    action = yaml.safe_load(open(metadata))
    given = {name: "word" for name in action["inputs"]}
    read = [f"echo '${{{{ steps.{path}.outputs.{name} }}}}'" for name in action["outputs"]]
    return [{"id": path, "uses": f"./{'' if path == 'main' else path}", "with": given}, {"run": "\n".join(read)}]

steps = uses("main", "action.yml") + uses("setup", "setup/action.yml")
job = {"runs-on": "ubuntu-latest", "steps": steps}
yaml.safe_dump({"name": "probe", "on": "push", "jobs": {"probe": job}}, open(sys.argv[1], "w"), width=1000)
EOF

shopt -s nullglob
"$actionlint" -no-color -oneline .github/workflows/*.yml examples/github/*.yml
cd "$probe"
# The runner's own schema has post-if for container actions, and entry points lie in the image.
"$actionlint" -no-color -oneline -ignore '"post-if" is not allowed in "runs" section' \
  -ignore 'file "/usr/local/bin/backstep(-post)?" does not exist'
