# v3's generator made a new service: v2 looked for services and did not see it, and this run brought it.
tree
run_version 0 v1
run_version 0 v2
GENERATE='mkdir services/brought; printf "#!/bin/sh\necho v3 brought\n" >services/brought/entrypoint.sh' run_version 20 v3
went_back_to "$(own_backup)"
is_word v2
missing services/brought/entrypoint.sh
grep -rq "echo v3 brought" backups/.backstep/failed || fail "what was removed is not in the evidence"
says_about brought "removed"
