# examples/gitlab/component.gitlab-ci.yml: the binary out of backstep's image runs in an image that
# knows nothing of it. The files, the reports and the job say how it went.
. "$CASES/../platforms/lib.sh"
file=$root/examples/gitlab/component.gitlab-ci.yml
# Not in backstep's image, as a project's own tools are not.
sed -i '1s,.*,#!/bin/bash,' source/generate.sh source/deploy.sh source/check.sh
gitlab_job success "$file" deploy:binary
project_says v1
gitlab_job success "$file" deploy
report_says deploy 'dotenv["BACKSTEP_RESULT"]' accepted
report_says deploy 'junit["failed"]' '[]'
says 'no run is open'
files_of gitlab >good

project_says broken 700
gitlab_job failed "$file" deploy --pipeline-id 200
# With bash in the image the runner's own script turns every exit code into 1; the report has ours.
report_says deploy 'd["exit_code"]' 1
report_says deploy 'dotenv["BACKSTEP_EXIT_CODE"]' 20
report_says deploy 'dotenv["BACKSTEP_RESULT"]' rolled_back
says 'Fetched from refs/backstep/'
report_says deploy 'len(junit["failed"]) > 0' True
same_files gitlab good
[ "$(tail -n 1 gitlab/deploys)" = 'deployed v1' ] || fail "live is: $(cat gitlab/deploys)"
cell gitlab 'good deploy' replayed
cell gitlab rollback replayed
cell gitlab outputs replayed
cell gitlab report replayed
