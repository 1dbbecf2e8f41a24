# `files` gained compose.yml, which lay there all along: over what both looked for, this run's backup is v2,
# and nothing says that it is bad.
tree
echo "services: {}" >compose.yml
run_version 0 v1
run_version 0 v2
GENERATE='echo "services: v3" >compose.yml' run_version 20 v3 --files compose.yml
went_back_to "$(own_backup)"
is_word v2
holds compose.yml "services: {}"
says_not "Removed compose.yml"
answer_says "live now:"
