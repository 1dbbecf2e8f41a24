# `backups_dir` was moved while `**/*.yml` is tracked: what the old store holds is no file of the tree.
tree
echo "services: {}" >compose.yml
run_version 0 v1 --files "**/*.yml"
run_version 0 v2 --files "**/*.yml"
find backups -name compose.yml | grep -q . || fail "this case needs a stored compose.yml"
old_store() { find backups -type f -printf '%p %i %m %T@\n' | sort; }
before=$(old_store)
run_version 20 v3 --files "**/*.yml" --backups-dir stash
is_word v2
holds compose.yml "services: {}"
[ "$(old_store)" = "$before" ] || fail "the old store was changed: $(diff <(printf '%s\n' "$before") <(old_store))"
! grep -rqs "backups/" stash/*/_manifest.jsonl || fail "a set of the new store names files of the old one"
