# Before its deploy, and beside the job; and its end says first what is live.
need python3
on_github
mkdir services
generate='mkdir -p services/web; printf "#!/bin/sh\\necho v1\\n" >services/web/entrypoint.sh'
expect 10 run --generate "$generate" --deploy 'echo deploying; exit 3' --health-check false --health-retries 1
grep -n 'no way back yet: no tracked file lies here, and none is stored' out >said || fail 'not said'
[ "$(head -n 1 said | cut -d : -f 1)" -lt "$(grep -n -m 1 '│ deploying' out | cut -d : -f 1)" ] || fail 'not said before the deploy'
# GitHub has it before the deploy says a word, and once: not with the others at the end.
deploying=$(grep -n -m 1 '│ deploying' out | cut -d : -f 1)
head -n "$deploying" out >before
obeyed before | grep -q '^::warning .*no way back yet' || fail 'no warning beside the job before the deploy'
[ "$(obeyed | grep -c '^::warning .*no way back yet')" = 1 ] || fail 'not one warning beside the job'
says_not 'Warning: the health check fails already'
says_not 'the health check failed already'
says 'live now: the failed version, perhaps only in part: no earlier version exists'
says 'saved:    the failed files, in failed/'
unset GITHUB_ACTIONS
# Files that lie here, and a version that is known good, are ways back.
quick_checks
export BACKSTEP_HEALTH_MIN_HEALTHY_TIME=0s
expect 0 run --generate "$generate" --deploy true --health-check true
expect 0 run --deploy true --health-check true
says_not 'no way back'
rm -r services/web
expect 0 run --generate "$generate" --deploy true --health-check true
says_not 'no way back'
