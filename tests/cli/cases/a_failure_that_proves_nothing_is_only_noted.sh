# A run that failed with these very files stamps nothing where the old ones failed too; the next run
# with them says it in a note, warns of nothing, and is quiet once they were accepted.
need python3
tree
quick_checks
broken() { "$BACKSTEP" run --generate "$(generate_word v1)" --deploy true --health-check 'exit 7' "$@"; }
broken >out 2>&1
says_not 'failed before'
run=$(last_run)
broken >out 2>&1
grep -qE "^A run with these files failed before, which proves nothing: health check exited with 7 .* in run $run$" out || fail 'not noted'
says_not 'known bad'
says_not '⚠️'
broken --json >out 2>err
json 'd["failed_before"]["proved"] is False or 1/0'
expect 0 run --generate "$(generate_word v1)" --deploy true
expect 0 run --generate "$(generate_word v1)" --deploy true
says_not 'failed before'
