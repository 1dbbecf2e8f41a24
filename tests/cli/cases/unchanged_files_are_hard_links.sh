# Unchanged files are hard links to the previous stored copy: not above ten links, never to a live file.
tree
for _ in 1 2 3 4 5 6 7 8 9 10 11 12; do expect 0 backup; done
[ "$(stat -c %h "$(entrypoint)")" = 1 ] || fail "a live file is linked"
[ "$(find backups -name 'action*' -links +10 | wc -l)" = 0 ] || fail "more than ten links"
[ "$(find backups -name 'action*' -printf '%i\n' | sort -u | wc -l)" = 2 ] || fail "not shared"
chmod 700 "$(entrypoint)"
expect 0 backup
[ "$(stat -c '%h %a' "backups/$(newest)/action_service_entrypoint.sh")" = "1 700" ] || fail "another mode is no copy of its own"
