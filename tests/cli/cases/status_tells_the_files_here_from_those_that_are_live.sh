# An edit or a fresh checkout is not what is live: status and list say so, and still say what is.
a_good_v1
expect 0 status
says ', good: those that are live'
sh -c "$(generate_word edited)"
expect 0 status
grep -q '^live now   .*, good, since ' out || fail 'what is live is not said'
says ', untested: NOT those that are live'
expect 0 list
grep -q '✔ good, live' out || fail 'the list does not say which one is live'
says_not current
# What a run leaves in doubt is not claimed.
crash_in deploy --health-check "$says_v1"
flock -w 20 backups/.backstep/lock true || fail 'the lock is not free after the kill'
expect 0 status
{ grep -q '^live now   NOT CERTAIN while run .* is open$' out && grep -q '^on record  .*, good, since ' out; } || fail 'a crashed deploy passes for certain'
last_line_says '   backstep recover'
