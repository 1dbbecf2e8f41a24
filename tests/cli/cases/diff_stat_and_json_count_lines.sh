# One line a file, and one object for programs; both sides of each file, and the hunks as text.
need python3
tree
expect 0 backup
id=$(newest)
expect 0 diff --stat
says "No difference between $id and what lies there now"
expect 0 diff --json
json 'd["backstep"] == "diff" and d["version"] == 1 and d["differs"] is False and d["files"] == []'
printf '#!/bin/sh\necho new\necho more' >"$(entrypoint)"
rm services/typesense_client_service/entrypoint.sh
expect 0 diff --stat
cat >wanted <<EOT
From $id to what lies there now:

WHAT  FILE                                             ADDED  REMOVED  NOTE
c     services/action_service/entrypoint.sh            2      1
-     services/typesense_client_service/entrypoint.sh  0      2

2 files differ: 2 lines added, 3 removed
EOT
cmp wanted out || fail "not that text: $(diff wanted out)"
expect 0 diff --json
json "d['from'] == '$id' and d['to'] is None and d['differs'] and (d['added'], d['removed']) == (2, 3)"
json 'd["files"][0]["hunks"] == ["@@ -1,2 +1,3 @@\n #!/bin/sh\n-echo old action_service\n+echo new\n+echo more\n\\ No newline at end of file\n"]'
json '[(f["path"], f["status"], f["to"] and f["to"]["mode"]) for f in d["files"]] == [("services/action_service/entrypoint.sh", "c", "0755"), ("services/typesense_client_service/entrypoint.sh", "-", None)]'
expect 0 diff latest "$id" --json
json "d['to'] == '$id' and not d['differs']"
