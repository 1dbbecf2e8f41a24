# Killed while an interpreter reads a script: the files come back, and nothing is owed.
[ "$(id -u)" = 0 ] || skip 'only what root alone may change is started'
tree
bin=$(mktemp -d)
trap 'rm -rf "$bin"' EXIT
printf '#!/bin/sh\ntouch %s/reached\nexec tail -f /dev/null\n' "$PWD" >"$bin/bash"
chmod 755 "$bin/bash"
PATH=$bin:$PATH start run --generate "printf '#!/bin/bash\n' >$(entrypoint)" --deploy 'touch deployed' --rollback-command 'touch deployed'
until_true 20 test -e reached
kill -9 "$started"
ended 2>/dev/null
in_phase generated
expect 0 recover
says "✔ Recovered"
is_old
is_old typesense_client_service
missing deployed
no_journal
