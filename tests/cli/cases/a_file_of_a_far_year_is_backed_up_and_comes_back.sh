# The nanoseconds of a manifest end in the year 2262, the years of a file system do not.
tree a b c
touch -d '2262-04-11 23:47:16 UTC' "$(entrypoint a)"
touch -d '2400-01-01 UTC' "$(entrypoint b)" || skip "this file system knows no such year"
touch -d '1901-12-14 UTC' "$(entrypoint c)"
expect 0 backup
expect 0 verify
sh -c "$(generate_word new)"
expect 0 rollback
for service in a b c; do is_old "$service"; done
