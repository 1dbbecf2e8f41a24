# Without an ID: the newest backup against what lies there now, with three lines of context.
tree
printf '%s\n' '#!/bin/sh' one two three four five 'exec app' >"$(entrypoint)"
expect 0 backup
id=$(newest)
expect 0 diff
[ "$(cat out)" = "No difference between $id and what lies there now" ] || fail "not that sentence"
sed -i 's/five/5/' "$(entrypoint)"
expect 0 diff
cat >wanted <<EOT
From $id to what lies there now:

c    services/action_service/entrypoint.sh
diff --git a/services/action_service/entrypoint.sh b/services/action_service/entrypoint.sh
--- a/services/action_service/entrypoint.sh
+++ b/services/action_service/entrypoint.sh
@@ -3,5 +3,5 @@
 two
 three
 four
-five
+5
 exec app

1 file differs: 1 line added, 1 removed
EOT
cmp wanted out || fail "not that text: $(diff wanted out)"
expect 0 run --generate "$(generate_word v1)" --deploy true
expect 0 diff
says "-exec app"
says "+echo v1"
says "2 files differ"
