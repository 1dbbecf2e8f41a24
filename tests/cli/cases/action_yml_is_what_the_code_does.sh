# The action's inputs and outputs are the settings, flags and outputs of the binary, described alike.
need python3
python3 -c 'import yaml' 2>/dev/null || skip 'python3-yaml is not installed here'
root=$CASES/../..
"$BACKSTEP" help settings >settings.txt
"$BACKSTEP" help outputs >outputs.txt
for verb in backup rollback; do "$BACKSTEP" help $verb | sed -nE 's/^  --([a-z-]+) .*/\1/p'; done >flags
cat >compare.py <<'EOF'
import re, sys, yaml
action = yaml.safe_load(open(sys.argv[1]))
inputs = action["inputs"]
wanted = {"command", "job_status"}
for line in open("settings.txt").read().splitlines():
    found = re.match(r"  --([a-z-]+) +([^\[]*[^\[ ])(?: \[(.*)\])?$", line)
    if not found:
        continue
    name = found[1].replace("-", "_")
    text = found[2] + (f" (default {found[3]})" if found[3] else "")
    wanted.add(name)
    if name not in inputs:
        sys.exit(f"no input {name}")
    if inputs[name]["description"] != text:
        sys.exit(f"input {name}: {inputs[name]['description']!r}, the code says {text!r}")
    if "default" in inputs[name]:
        sys.exit(f"input {name} has a default, which would outrank backstep.yml")
assert len(wanted) > 25, wanted
wanted |= {line.strip().replace("-", "_") for line in open("flags")} - {"json", "color", "quiet", "verbose", "health_retries", "checksum"}
if set(inputs) != wanted:
    sys.exit(f"inputs differ: {sorted(set(inputs) ^ wanted)}")
outputs = dict(re.findall(r"^  ([a-z_]+) +(.*)$", open("outputs.txt").read(), re.M))
assert len(outputs) == 8, outputs
if {name: row["description"] for name, row in action["outputs"].items()} != outputs:
    sys.exit("outputs differ")
if {"entrypoint", "args"} & set(inputs):
    sys.exit("entrypoint and args are the runner's own")
runs = action["runs"]
assert runs["using"] == "docker" and "args" not in runs, runs
assert runs["post-entrypoint"] == runs["entrypoint"] + "-post" and runs["post-if"] == "always()", runs
assert inputs["job_status"]["default"] == "${{ job.status }}"
# The runner refuses an expression in a description.
for row in list(inputs.values()) + list(action["outputs"].values()):
    assert "${{" not in row["description"], row
for verb in ("run", "begin", "finish", "backup", "rollback", "check", "guard"):
    assert verb in inputs["command"]["description"], verb
EOF
python3 compare.py "$root/action.yml" >out 2>&1 || fail 'action.yml and the code differ'
