# `begin` in one checkout, `finish` called in another that uses the same store: the run goes back where it began.
store=$PWD/store
for checkout in one two; do
  mkdir $checkout
  (cd $checkout && tree && printf 'backups_dir: %s\nproject: shop\nrollback: {command: "true"}\n' "$store" >backstep.yml)
done
: >env.txt
(cd one && GITHUB_ENV=$PWD/../env.txt expect 0 begin && sh -c "$(generate_word bad)")
(cd two && sh -c "$(generate_word other)")
# shellcheck disable=SC2046 # NAME=VALUE lines without blanks
export $(cat env.txt)
(cd two && expect 21 finish --status failure)
(cd one && is_old)
grep -q other two/services/action_service/entrypoint.sh || fail 'the checkout that was called in is another'
[ ! -e "$store/.backstep/journal.json" ] || fail 'the run is still open'
