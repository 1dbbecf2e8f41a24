# One setting, a word or a map; a flag or a variable has the map as JSON.
tree
wrong() { printf 'remote: %s\n' "$1" >backstep.yml; expect 2 status; says "$2"; }
wrong 'gitt' "'gitt' is neither git nor a map"
wrong '{gti: x}' "unknown key 'gti' (did you mean 'git'?); allowed: git, ref, fetch, store, required, public"
wrong '{fetch: x}' 'fetch and store are two commands that belong together'
wrong '{fetch: x, store: y, git: z}' 'in the place of git'
wrong '{required: maybe}' "'maybe' is neither true nor false"
wrong '{git: {a: b}}' 'not a map'
wrong '[git]' 'is expected, not a list'
rm backstep.yml
expect 2 status --remote '{"git": 1}'
expect 2 status --remote '{"git"'
expect 2 pull
says "no remote is set"
shown() { expect 0 config; awk '$1 == "remote" {print $2}' out; }
printf 'remote: {git: https://git.example.com/shop/state.git, required: false}\n' >backstep.yml
[ "$(shown)" = '{"git":"https://git.example.com/shop/state.git","required":"false"}' ] || fail "it is shown as $(shown)"
printf 'remote:\n  fetch: [cat, store.tar]\n  store: tee store.tar\n' >backstep.yml
[ "$(BACKSTEP_REMOTE='{"git": "x"}' shown)" = '{"git":' ] || fail 'a variable does not outrank the file'
printf 'remote: git\n' >backstep.yml
[ "$(shown)" = git ] || fail "it is shown as $(shown)"
expect 2 push
says 'git'
