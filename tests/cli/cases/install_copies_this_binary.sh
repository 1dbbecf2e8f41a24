# install copies the running binary into the directory, which it makes if need be, and says so.
expect 0 install bin
says "✅ Installed backstep"
says "bin/backstep"
cmp -s "$BACKSTEP" bin/backstep || fail "the copy differs"
[ "$(stat -c %a bin/backstep)" = 755 ] || fail "mode $(stat -c %a bin/backstep)"
[ "$(bin/backstep version)" = "$("$BACKSTEP" version)" ] || fail "the copy does not run"

# Over itself, by any spelling of the directory, whatever the umask.
(umask 077; bin/backstep install "$PWD/bin/") >out 2>&1 || fail "installing over itself failed"
cmp -s "$BACKSTEP" bin/backstep || fail "the second copy differs"
[ "$(stat -c %a bin/backstep)" = 755 ] || fail "mode under umask 077: $(stat -c %a bin/backstep)"
[ "$(ls -A bin)" = backstep ] || fail "leftovers: $(ls -A bin)"

expect 0 install bin --json
[ "$(json 'd["backstep"], d["version"], d["path"]')" = "('install', 1, 'bin/backstep')" ] || fail "$(cat out)"
