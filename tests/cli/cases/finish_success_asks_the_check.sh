# `finish --status` success: the check decides.
tree
for check in "exit 1" "true"; do
  expect 0 begin --check-baseline false --rollback-command "echo done >>rollbacks"
  eval "$(generate_word new)"
  case $check in
    true) expect 0 finish --status success --health-check "$check"; is_word new; recorded accepted ;;
    *) expect 21 finish --status success --health-check "$check" --health-retries 1 --health-start-period 0s
       is_old action_service; times 1 rollbacks; recorded rolled_back ;;
  esac
  no_journal
done
