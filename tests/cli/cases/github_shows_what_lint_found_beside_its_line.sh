# Annotations with file and line, for a run and for the verb; the summary has what failed.
need python3
need bash
tree
on_github
expect 4 run --generate "printf '#!/bin/bash\nfi\n' >$(entrypoint); printf '#!/bin/sh\n#\r\n' >$(entrypoint typesense_client_service)" --deploy true
obeyed >commands.txt
holds commands.txt '::error file=services/action_service/entrypoint.sh,line=2,title=backstep lint%3A syntax::'
holds commands.txt '::warning file=services/typesense_client_service/entrypoint.sh,line=2,title=backstep lint%3A crlf::'
holds commands.txt '::error title=backstep::lint found 1 error in 2 scripts%0Alive now: the old version'
is_output result files_restored
is_output exit_code 4
is_output rolled_back true
summary=commands/STEP_SUMMARY
holds $summary 'lint found 1 error in 2 scripts'
holds $summary '| lint |'
holds $summary 'services/action&#95;service/entrypoint.sh:2: syntax: bash: '
holds $summary '| action&#95;service | the old version |'

printf 'x\n' >"$(entrypoint)"
expect 4 lint
obeyed >commands.txt
holds commands.txt '::error file=services/action_service/entrypoint.sh,line=1,title=backstep lint%3A no-shebang::'

# A script says nothing to the runner.
printf '#!/bin/sh\n<<<<<<< ##[error]forged\n::error::forged\n' >"$(entrypoint)"
expect 4 lint
obeyed >commands.txt
[ "$(grep -c forged commands.txt)" = 1 ] || fail "obeyed: $(cat commands.txt)"
holds commands.txt "line=2,title=backstep lint%3A conflict-markers::'<<<<<<< ##"
