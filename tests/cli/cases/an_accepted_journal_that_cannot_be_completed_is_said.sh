# I5: each failed system call of a step reaches one line (here: of settling an accepted run).
tree
expect 1 run --check-baseline false --generate "$(generate_word new)" --deploy true \
  --health-check "rm backups/.backstep/verdicts.jsonl; mkdir backups/.backstep/verdicts.jsonl"
accepted=$(open_run)
expect 0 backup
says "run $accepted: the new version, healthy, but the verdict was not written"
says_not "records are complete"
in_phase accepted
is_word new
