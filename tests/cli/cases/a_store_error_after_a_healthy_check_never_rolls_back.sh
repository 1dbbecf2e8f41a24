# A store error after a healthy check never rolls back: exit 1, "live and healthy, but …".
tree
expect 1 run --check-baseline false --generate "$(generate_word new)" --deploy true \
  --health-check "rm -rf backups/.backstep/good; touch backups/.backstep/good"
says "the new version, healthy, but"
is_word new
is_word new typesense_client_service
in_phase accepted
