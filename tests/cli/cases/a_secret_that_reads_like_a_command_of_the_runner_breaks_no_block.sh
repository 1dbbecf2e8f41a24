# A mask over `stop-commands` would leave what commands print to the runner, one over a section's
# marker the section open.
need python3
tree
on_github
export DEPLOY_PASSWORD=stop-commands OTHER_SECRET=title=backstep A_TOKEN=hunter22
expect 5 run --generate 'echo ::set-output name=a::b; echo $DEPLOY_PASSWORD; : hunter22; exit 1' --deploy true
[ "$(obeyed | grep -c '^::error title=backstep::')" = 1 ] || fail "obeyed: $(obeyed)"
! obeyed | grep '^::set-output' || fail 'the command is obeyed'
says '::group::▶ generate: '
says_not hunter22
grep -qF '│ ***' out || fail 'the secret is shown'
printf '#!/bin/sh\n<<<<<<< hunter22\n' >services/action_service/entrypoint.sh
expect 4 lint
says '::error file=services/action_service/entrypoint.sh'
says_not hunter22

unset GITHUB_ACTIONS
export GITLAB_CI=true CI_PIPELINE_ID=1 CI_JOB_ID=2 B_SECRET=section_end
expect 5 run --generate 'exit 1' --deploy true
grep -qF section_end: out || fail 'the section stays open'
