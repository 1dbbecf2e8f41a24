# A cancel of examples/github/setup.yml: GitHub's signal reaches backstep and not a shell, the files are
# back at once, and the finish after it deploys them.
. "$CASES/../platforms/lib.sh"
workflow=$root/examples/github/setup.yml
project_says v1
github_job success "$workflow"
files_of "$checkout" >good

rm -rf github
project_says v2
printf '#!/bin/sh\n[ -e reached ] || { touch reached; exec tail -f /dev/null; }\nexec ./deploy_in_time.sh\n' >hanging
mv source/deploy.sh source/deploy_in_time.sh
mv hanging source/deploy.sh && chmod 755 source/deploy.sh
github_job cancelled "$workflow" --cancel-when "$PWD/$checkout/reached"
step_says 'steps["backstep"]["outcome"]' cancelled
step_says 'steps["backstep"]["outputs"]["exit_code"]' 130
says 'live now: unknown: the old files are back'
step_says 'steps["backstep"]["outputs"]["result"]' rollback_not_run
same_files "$checkout" good
[ "$(tail -n 1 "$checkout/deploys")" = 'deployed v1' ] || fail "live is: $(cat "$checkout/deploys")"
missing "$checkout/$journal"
cell github cancel replayed
cell github outputs replayed
