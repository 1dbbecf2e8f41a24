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
soon=$(date -u -d '+1 hour' +%Y-%m-%d_%H-%M-%S)
python3 "$CASES/../support/original_backup.py" "$soon"
sh -c "$(generate_word v3)"
expect 0 rollback
is_word v2
expect 0 backup
[[ $(newest) > $soon ]] || fail "newest is $(newest)"
python3 "$CASES/../support/original_rollback.py" >out || fail "the original algorithm failed"
is_word v2
