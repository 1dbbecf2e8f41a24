# The run, the owner or the digest that is named is what is live: it is rolled back.
live() { "$BACKSTEP" status --json >out; json "d['live']$1"; }
begun=$PWD
for kind in run owner digest; do
  mkdir "$begun/$kind"; cd "$begun/$kind" || exit
  tree
  BACKSTEP_OWNER=ada run_version 0 v1
  BACKSTEP_OWNER=ada run_version 0 v2
  case $kind in
    run) wanted=run:$(live "['put_live']['run']") ;;
    owner) wanted=owner:ada ;;
    digest) wanted=digest:$(live "['digest']") ;;
  esac
  "$BACKSTEP" rollback --if-live "$wanted" --files-only --json >out 2>err.txt || fail "$wanted: $(cat err.txt)"
  [ "$(json "d['rolled_back']")" = True ] || fail "$wanted: it does not say that it rolled back"
  is_word v1
done
