# examples/github/setup.yml: the first job deploys and is remembered, the second one is broken and gets
# the first one's files back, on a new machine with nothing but the repository.
. "$CASES/../platforms/lib.sh"
workflow=$root/examples/github/setup.yml
project_says v1
github_job success "$workflow"
step_says 'steps["backstep"]["outputs"]["result"]' accepted
summary_says 'the new version, healthy'
says 'backstep says accepted'
holds "$checkout/deploys" 'deployed v1'
files_of "$checkout" >good

rm -rf github
project_says broken 700
github_job failure "$workflow"
says 'Fetched from refs/backstep/'
says 'no run is open'
step_says 'steps["backstep"]["outcome"]' failure
step_says 'steps["backstep"]["outputs"]["result"]' rolled_back
step_says 'steps["backstep"]["outputs"]["exit_code"]' 20
summary_says 'rolled back'
says 'Artifact backstep has been successfully uploaded: run.html'
same_files "$checkout" good
[ "$(tail -n 1 "$checkout/deploys")" = 'deployed v1' ] || fail "live is: $(cat "$checkout/deploys")"

# The store went on to the next job, which is a good one again.
rm -rf github
project_says v3
github_job success "$workflow"
says 'Fetched from refs/backstep/'
exists "$checkout/backups/.backstep/failed"
cell github 'good deploy' replayed
cell github rollback replayed
cell github outputs replayed
cell github report replayed
