# A glob met a link when v2 was stored: seen and not stored, so v2 says nothing of it. Today it is a file.
tree
mkdir conf; echo plain >conf/b.conf; echo elsewhere >elsewhere; ln -s ../elsewhere conf/a.conf
run_version 0 v1 --files "conf/*.conf"
run_version 0 v2 --files "conf/*.conf"
says_about conf/a.conf "link"
rm conf/a.conf; echo "a file today" >conf/a.conf
run_version 20 v3 --files "conf/*.conf"
is_word v2
[ ! -L conf/a.conf ] || fail "conf/a.conf is a link again"
[ "$(cat conf/a.conf)" = "a file today" ] || fail "conf/a.conf is $(cat conf/a.conf)"
[ "$(cat conf/b.conf)" = plain ] || fail "conf/b.conf is $(cat conf/b.conf)"
[ "$(cat elsewhere)" = elsewhere ] || fail "what the link led to was changed"
