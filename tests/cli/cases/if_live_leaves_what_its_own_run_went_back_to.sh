# A run that failed and went back by itself has nothing live: undoing it by its owner must not go back one further.
tree
deploy() { run=$1; shift; expect "$run" run --owner "$1" --generate "$(generate_word "$1")" --deploy true --health-check "! grep -q bad $(entrypoint)" --health-retries 1 --health-start-period 0; }
deploy 0 v1
deploy 0 v2
deploy 20 bad
expect 0 rollback --to previous --if-live owner:bad
says "'owner:bad' is not live, so nothing was rolled back"
is_word v2
expect 0 rollback --to previous --if-live owner:v2
is_word v1
