# Collapsible sections, each with its own name, opened and closed in the form that the log takes.
tree
export GITLAB_CI=true CI_PIPELINE_ID=1 CI_JOB_ID=2
expect 5 run --generate 'echo made; exit 3' --deploy true
esc=$(printf '\033')
cr=$(printf '\r')
grep -Eq "^$esc\[0Ksection_start:[0-9]{10}:backstep_[0-9_]+$cr$esc\[0K▶ generate: echo made; exit 3$" out || fail 'no section begins'
grep -Eq "^$esc\[0Ksection_end:[0-9]{10}:backstep_[0-9_]+$cr$esc\[0K$" out || fail 'no section ends'
expect 0 run --generate true --deploy true
names=$(sed -n "s/^$esc\[0Ksection_start:[0-9]*:\([^$cr]*\).*/\1/p" out)
[ "$(printf '%s\n' "$names" | sort -u | wc -l)" = 2 ] || fail "names: $names"
