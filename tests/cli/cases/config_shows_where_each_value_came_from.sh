# config: every setting, its value and where it came from.
printf 'deploy: ./d.sh\nkeep_last: 4\n' >backstep.yml
export BACKSTEP_OWNER=me PLUGIN_KEEP_GOOD=7
expect 0 config --lock-wait 5s
grep -qE '^deploy +\./d\.sh +backstep\.yml' out || fail "file"
grep -qE '^keep_last +4 +backstep\.yml:2' out || fail "line"
grep -qE '^owner +me +BACKSTEP_OWNER' out || fail "variable"
grep -qE '^keep_good +7 +PLUGIN_KEEP_GOOD' out || fail "plugin"
grep -qE '^lock_wait +5s +.*--lock-wait' out || fail "flag"
grep -qE '^keep_within +30d +default' out || fail "default"
