# mark good without an ID marks what lies there, and stores it where no backup holds it.
tree
expect 0 backup
sh -c "$(generate_word v1)"
expect 0 mark good
[ "$(ls backups/.backstep/good | wc -l)" = 1 ] || fail "not stored"
sh -c "$(generate_word v2)"
expect 0 rollback --to last-good
is_word v1
