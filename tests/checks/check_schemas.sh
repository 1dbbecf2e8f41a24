#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# What CI systems read of us is as their published schemas say: actions, workflows, GitLab's jobs, the
# component's header and its body, compose files. Usage: check_schemas.sh ROOT
set -euo pipefail
check=$("$(dirname "$0")/linters.sh" path check-jsonschema)
python3 -c 'import yaml' 2>/dev/null || { echo 'skipped: python3-yaml is not installed here'; exit 125; }
cd "$1"
shopt -s nullglob
made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT

# The body as GitLab has it after it pasted the inputs in; those without a default get a word.
PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=tests/platforms python3 - templates/backstep.yml "$made" <<'EOF'
import sys
from pathlib import Path
import yaml
from gitlab_pipeline import load_component

file, made = Path(sys.argv[1]), Path(sys.argv[2])
header = yaml.safe_load(file.read_text().partition("\n---\n")[0])
given = {name: "word" for name, row in header["spec"]["inputs"].items() if "default" not in row}
(made / "header.yml").write_text(yaml.safe_dump(header))
(made / "body.yml").write_text(yaml.safe_dump(load_component(file, given)))
EOF

of() { "$check" --quiet --builtin-schema "vendor.$1" "${@:2}" && echo "$1: ${*:2}"; }
of github-actions action.yml setup/action.yml
of github-workflows examples/github/*.yml .github/workflows/*.yml
of dependabot .github/dependabot.yml
of compose-spec examples/compose/compose.yml
of gitlab-ci --data-transform gitlab-ci examples/gitlab/*.yml "$made/header.yml" "$made/body.yml"
# Our own, by which editors complete a file of settings.
"$check" --quiet --check-metaschema docs/backstep.schema.json
"$check" --quiet --schemafile docs/backstep.schema.json examples/*/backstep*.yml examples/*/app/backstep.yml &&
  echo 'settings: all examples'
