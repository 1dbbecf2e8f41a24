# An ACL and other attributes say who may use what lies in a place, so the file that comes back has them, as if
# it had been written in place. A new file that its directory would give an ACL has none where none was.
need python3
tree
quick_checks
python3 "$CASES/../support/attributes.py" give services/action_service/entrypoint.sh acl user.team=payments || skip "no ACLs here"
python3 "$CASES/../support/attributes.py" give services/typesense_client_service default_acl
before=$(python3 "$CASES/../support/attributes.py" show services/*/entrypoint.sh; stat -c '%a' services/*/entrypoint.sh)
expect 20 run --generate "$(generate_word v1)" --deploy true --health-check '! grep -q v1 services/*/entrypoint.sh'
[ "$(python3 "$CASES/../support/attributes.py" show services/*/entrypoint.sh; stat -c '%a' services/*/entrypoint.sh)" = "$before" ] || fail "not $before"
says "Kept beside the content: services/action_service/entrypoint.sh (ACL, user.team)"
says_not "could not be given back"
