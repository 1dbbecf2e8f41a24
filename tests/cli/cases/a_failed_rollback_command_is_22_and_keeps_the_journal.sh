# 22: the rollback itself failed; files old, services unknown, journal kept, recover named and able.
tree
expect 22 run --generate "$(generate_word v1)" --deploy 'exit 4' --rollback-command 'echo x >>ran; [ -e mended ]'
is_old
in_phase restored
says "deploy exited with 4"
says "backstep recover"
answer_says "the rollback command exited with 1"
answer_says "live now: unknown: the old files are back, but the rollback command exited with"
expect 22 recover
in_phase restored
touch mended
expect 21 recover
times 3 ran
no_journal
expect 22 run --generate "$(generate_word v1)" --deploy 'exit 4' --rollback-timeout 200ms --stop-grace 0s --rollback-command 'exec tail -f /dev/null'
answer_says "timed out after 200ms"
