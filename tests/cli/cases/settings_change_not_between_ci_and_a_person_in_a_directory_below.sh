# CI works in a sub-directory of its checkout, a person in the same one without CI's variables: one root and
# one prefix, whoever comes first.
as_ci() { GITHUB_ACTIONS=true GITHUB_WORKSPACE=$above "$@"; }
by_hand() { "$@"; }
begun=$PWD
for order in "as_ci by_hand" "by_hand as_ci"; do
  read -r first second <<<"$order"
  above=$begun/$first/repo
  mkdir -p "$above/deploy"; cd "$above/deploy" || exit
  tree
  echo v0 >compose.yml
  $first run_version 0 v1 --files compose.yml
  $first run_version 0 v2 --files compose.yml
  GENERATE='echo v3 >compose.yml' $second run_version 20 v3 --files compose.yml
  went_back_to "$(own_backup)"
  is_word v2
  holds compose.yml v0
  missing deploy
  missing ../services
  missing ../backups
  $second expect 0 rollback --to last-good --files-only --files compose.yml
  is_word v2
  missing deploy
done
