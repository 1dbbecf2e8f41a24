# The manual page, docs/settings.md and the schema of backstep.yml are what the table of settings makes, and the schema
# takes and refuses what the reader does.
need python3
root=$CASES/../..
python3 "$root/tests/support/make_docs.py" "$BACKSTEP" --check >out 2>&1 || fail 'they are not as they would be made'
if command -v mandoc >/dev/null; then
  mandoc -Tlint -W warning "$root/docs/backstep.1" 2>&1 | grep -v 'missing date' >out
  [ ! -s out ] || fail 'the manual page is not well-formed'
fi
python3 -c 'import jsonschema, yaml' 2>/dev/null || skip 'python3-jsonschema or python3-yaml is not installed here'
valid() {
  python3 - "$root/docs/backstep.schema.json" "$@" <<'P' >out 2>&1
import json, sys
import jsonschema, yaml
schema = json.load(open(sys.argv[1], encoding="utf-8"))
jsonschema.Draft202012Validator.check_schema(schema)
for name in sys.argv[2:]:
    jsonschema.validate(yaml.safe_load(open(name, encoding="utf-8")), schema, jsonschema.Draft202012Validator)
P
}
expect 0 init --print
cp out starter.yml
sed -E 's/^#([^ ]|  [a-z])/\1/' starter.yml >all_taken_in.yml
for page in README docs/configuration; do
  sed -n '/^services_dir: services   /,/^```/p' "$root/$page.md" | sed '$d' >"${page##*/}.yml"
  grep -q '^generate:' "${page##*/}.yml" || fail "$page.md has no settings"
done
valid starter.yml all_taken_in.yml README.yml configuration.yml "$root"/examples/*/backstep*.yml "$root"/examples/*/app/backstep.yml || fail 'a good file is refused'
# Both refuse, and both take.
tree
try() { printf '%s\n' "$1" >backstep.yml; "$BACKSTEP" config >out 2>&1; }
while IFS= read -r text; do
  try "$text" && fail "backstep takes: $text"
  valid backstep.yml && fail "the schema takes: $text"
done <<'Y'
keep_lst: 3
keep_last: three
keep_last: 03x
health_check: {tests: "true"}
health_check: {test: "true", interval: soon}
lock_wait: 5 minutes
shell: fish
rollback: {target: auto, when: now}
rollback: perhaps
services: {web: {health_check: "true", on_failure: shrug}}
lint: {off: [no-such-rule]}
services_dir: $APP/services
config: other.yml
Y
while IFS= read -r text; do
  try "$text" || fail "backstep refuses: $text"
  valid backstep.yml || fail "the schema refuses: $text"
done <<'Y'
health_check: curl -fsS http://localhost/
health_check: ["CMD", curl, "-fsS", "http://localhost/"]
health_check: {test: "true", interval: 1m30s, start_interval: 5s, retries: 3, deadline: 90}
rollback: false
rollback: {enabled: yes, not_on_exit_codes: [75, 76]}
lint_off: [no-shebang]
services_dir: [apps/*, services]
files: conf/a.conf
services: {web: {health_check: {test: "true"}, on_failure: warn}}
keep_within: 0
report: [run.html, run.json]
secrets: ["*_DSN"]
Y
