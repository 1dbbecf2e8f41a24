# A store written by both: ours sorts after the original's, and each restores the newest of either.
need python3
tree
python3 "$CASES/../support/original_backup.py" 2024-03-10_14-23-00
sh -c "$(generate_word v1)"
expect 0 backup
sh -c "$(generate_word v2)"
expect 0 rollback
is_word v1
sh -c "$(generate_word v2)"
python3 "$CASES/../support/original_backup.py" 2999-01-01_00-00-00
sh -c "$(generate_word v3)"
expect 0 rollback
is_word v2
expect 0 backup
[ "$(newest)" = 2999-01-01_00-00-02 ] || [ "$(newest)" = 2999-01-01_00-00-01 ] || fail "newest is $(newest)"
python3 "$CASES/../support/original_rollback.py" >out || fail "the original algorithm failed"
is_word v2
