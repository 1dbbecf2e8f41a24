# The verb: all entrypoints, as a table or as JSON; 4 with an error, 0 without; no lock, no store.
need python3
tree
before=$(snapshot)
expect 0 lint
says '✔ 2 scripts, nothing found'
printf '#!/bin/sh\r\necho\r\n' >"$(entrypoint)"
chmod 644 "$(entrypoint typesense_client_service)"
expect 4 lint
grep -qE '^services/action_service/entrypoint.sh +1 +error +crlf-shebang' out || fail 'no error'
grep -qE '^services/typesense_client_service/entrypoint.sh +- +warning +not-executable' out || fail 'no warning'
last_line_says '❌ 1 error, 1 warning in 2 scripts'
"$BACKSTEP" lint --json >out 2>err
[ $? = 4 ] || fail "another status"
[ "$(json 'd["backstep"], d["version"], d["exit_code"], d["errors"], d["warnings"], d["scripts"]')" = "('lint', 1, 4, 1, 1, 2)" ] || fail 'other counts'
[ "$(json '[(f["line"], f["severity"], f["rule"]) for f in d["findings"]]')" = "[(1, 'error', 'crlf-shebang'), (None, 'warning', 'not-executable')]" ] || fail 'other findings'
tree
rm err
[ "$(snapshot)" = "$before" ] || fail 'something changed'
missing backups
expect 0 lint --lint=false # the switch is of the run

# What a run would refuse, and a place where there is nothing to look at.
ln -sf /etc/passwd "$(entrypoint)"
expect 6 lint
says "it is a symlink"
expect 2 lint --services-dir nosuch
says "nothing to lint: 'nosuch' does not exist; 2 lie elsewhere: "
says "services_dir: 'services' would track them"
mkdir empty
expect 2 lint --services-dir empty
says "nothing to lint: 0 of 0 directories in 'empty' hold entrypoint.sh"
