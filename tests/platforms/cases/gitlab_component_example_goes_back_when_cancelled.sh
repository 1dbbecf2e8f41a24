# A cancel of GitLab's: TERM to every process of the container, then after_script in a new one, which
# pays what is owed.
. "$CASES/../platforms/lib.sh"
file=$root/examples/gitlab/component.gitlab-ci.yml
gitlab_job success "$file" deploy:binary
project_says v1
gitlab_job success "$file" deploy
files_of gitlab >good

project_says v2 700
printf '#!/bin/sh\n[ -e reached ] || { touch reached; exec tail -f /dev/null; }\n' | cat - source/deploy.sh >hanging
cat hanging >source/deploy.sh
gitlab_job canceled "$file" deploy --pipeline-id 200 --cancel-when "$PWD/gitlab/reached"
same_files gitlab good
[ "$(tail -n 1 gitlab/deploys)" = 'deployed v1' ] || fail "live is: $(cat gitlab/deploys)"
missing "gitlab/$journal"

# Cancelled once more, in a rollback command that does not end by TERM: it is killed, and after_script
# pays it.
project_says broken 700
printf '#!/bin/sh\n[ $BACKSTEP_PHASE != rollback ] || [ -e reached ] || { trap "" TERM; touch reached; while :; do sleep 1; done; }\n' |
  cat - "$platforms/project/deploy.sh" >source/deploy.sh
gitlab_job canceled "$file" deploy --pipeline-id 300 --cancel-when "$PWD/gitlab/reached"
says 'The rollback failed'
says 'live now: the old version, healthy again'
same_files gitlab good
[ "$(tail -n 1 gitlab/deploys)" = 'deployed v1' ] || fail "live is: $(cat gitlab/deploys)"
missing "gitlab/$journal"
cell gitlab cancel replayed
