# Tracked files that the target lacks are removed into the evidence; a vanished service is made again.
tree
echo kept >plain.conf
before=$(snapshot)
expect 22 run --files '*.conf' --rollback-command 'exit 9' --deploy 'exit 1' --generate \
  'mkdir services/new; printf "#!/bin/sh\necho new\n" >services/new/entrypoint.sh; echo new >new.conf; rm -r services/action_service'
[ "$(snapshot)" = "$before" ] || fail "not exact: $(diff <(echo "$before") <(snapshot))"
missing services/new/entrypoint.sh
holds backups/.backstep/failed/*/new_entrypoint.sh new
holds backups/.backstep/failed/*/_files/new.conf new
