# init writes the file that the next verb reads: by the name that the environment gives it. Where that is
# elsewhere, or where a backstep.yaml lies that nobody reads, it says so: exit 2, and nothing is written.
need python3
tree
refused() {
  before=$(ls -A)
  expect 2 init
  one_line
  says "$1"
  [ "$(ls -A)" = "$before" ] || fail "something was written: $(ls -A)"
  expect 0 init --print
}
: >out
for elsewhere in ci/settings.yml /tmp/nowhere/settings.yml; do
  BACKSTEP_CONFIG=$elsewhere refused "'$elsewhere'"
done
: >backstep.yaml
refused "'backstep.yaml' is here already"
export BACKSTEP_CONFIG=settings.yml
expect 0 init
says 'Wrote settings.yml'
says 'settings.yml is read only where the setting config names it'
missing backstep.yml
holds settings.yml 'services_dir: services'
expect 0 config
says 'settings.yml:'
refused "'settings.yml' is here already"
rm settings.yml
expect 0 init --json
json 'd["written"] == "settings.yml" or 1/0'
