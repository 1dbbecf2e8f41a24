# The table of templates/README.md is what the component says of its inputs, row by row and no more.
need python3
python3 -c 'import yaml' 2>/dev/null || skip 'python3-yaml is not installed here'
templates=$CASES/../../templates
python3 - "$templates/backstep.yml" >wanted <<'EOF'
import sys, yaml
inputs = next(yaml.safe_load_all(open(sys.argv[1])))["spec"]["inputs"]
for name, each in inputs.items():
    default = each.get("default", "")
    shown = "on the default branch" if name == "rules" else f"`{default}`" if default else ""
    print(f"| `{name}` | {each['description']} | {shown} |".replace("|  |", "| |"))
EOF
grep '^| `' "$templates/README.md" >found
diff wanted found || fail 'the table of templates/README.md is not that of the component'
