# Settings that name another project's absolute store: 6 before anything changes, with both names and the
# setting that tells them apart.
mkdir shop blog; cd shop || exit
tree
printf 'project: shop\nbackups_dir: %s/store\n' "${PWD%/shop}" >backstep.yml
run_version 0 v1
run_version 0 v2
cd ../blog || exit
tree; sh -c "$(generate_word v0)"
sed 's/shop$/blog/' ../shop/backstep.yml >backstep.yml
sets() { find ../store -name _manifest.jsonl | sort; }
before=$(sets)
lies=$(snapshot)
run_version 6 v3
says shop
says blog
says "project:"
[ "$(snapshot)" = "$lies" ] || fail "the stranger's files were changed"
[ "$(sets)" = "$before" ] || fail "the store got or lost a set"
is_word v0
