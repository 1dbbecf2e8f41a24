# examples/gitlab/plain.gitlab-ci.yml: backstep's own image is the job's image.
. "$CASES/../platforms/lib.sh"
file=$root/examples/gitlab/plain.gitlab-ci.yml
[ "$(grep -vc '^#' "$file")" -le 10 ] || fail 'more than ten lines'
project_says v1
gitlab_job success "$file" deploy
report_says deploy 'dotenv["BACKSTEP_RESULT"]' accepted
files_of gitlab >good

project_says broken 700
gitlab_job failed "$file" deploy --pipeline-id 200
report_says deploy 'd["exit_code"]' 20
report_says deploy 'dotenv["BACKSTEP_RESULT"]' rolled_back
report_says deploy 'len(junit["failed"]) > 0' True
same_files gitlab good
[ "$(tail -n 1 gitlab/deploys)" = 'deployed v1' ] || fail "live is: $(cat gitlab/deploys)"
cell gitlab 'good deploy' replayed
cell gitlab rollback replayed
cell gitlab outputs replayed
cell gitlab report replayed
