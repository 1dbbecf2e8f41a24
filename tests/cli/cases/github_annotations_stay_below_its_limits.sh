# Ten of a kind a step, 4,096 characters each: the last warning counts the ones that are left out.
need python3
tree
on_github
many=$(seq -f 'missing_%g' 1 15)
expect 5 run --files "$many" --generate "printf '%05000d\n' 1; exit 1" --deploy true
obeyed >commands.txt
[ "$(grep -c '^::warning ' commands.txt)" = 10 ] || fail "$(grep -c '^::warning ' commands.txt) warnings"
holds commands.txt 'and 6 more warnings: see the log'
[ "$(grep -c '^::error ' commands.txt)" = 1 ] || fail 'not one error'
holds commands.txt '::error title=backstep::generate exited with 1%0Alive now: the old version'
[ "$(awk '{ if (length > longest) longest = length } END { print longest }' commands.txt)" -le 4096 ] || fail 'too long'
