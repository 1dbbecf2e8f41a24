# A tree that could not be brought back: 6 before the generator runs, with path, cause and what to do.
tree
become_nobody
chmod 555 services/typesense_client_service
before=$(snapshot)
for verb in begin "run --generate false --deploy false"; do
  # shellcheck disable=SC2086 # words
  expect 6 $verb
  last_line_says "pre-flight failed, nothing was changed: cannot replace files in 'services/typesense_client_service': Permission denied; it must be writable"
  no_journal
done
[ "$(snapshot)" = "$before" ] || fail "something changed"

expect 0 backup # which needs to write nothing there
expect 23 run --rollback=false --generate 'touch ran' --deploy false
exists ran

# A rollback that changes nothing there is not held up by it, one that does is.
echo v1 >"$(entrypoint)"
expect 0 rollback --files-only
is_old
chmod 755 services/typesense_client_service
echo v1 >"$(entrypoint typesense_client_service)"
chmod 555 services/typesense_client_service
expect 6 rollback --files-only
last_line_says "Permission denied; it must be writable"
holds "$(entrypoint typesense_client_service)" v1
no_journal
[ -z "$(find services -name '.*')" ] || fail "leftovers: $(find services)"
