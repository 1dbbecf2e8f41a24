# list show verify status history config version, and all that act: --json is one versioned object.
need python3
a_good_v1
sed -i 's/v1/v2/' "$(entrypoint)"
mkdir answers
for verb in list "show latest" diff "diff --stat" "diff latest last-good" "verify" "verify latest" lint status history config version "backup" "backup --dry-run" "rollback --dry-run" "rollback" "prune --dry-run" prune "mark good" recover "check" "export store.tar" "import store.tar --dry-run" "import store.tar" "finish --status success" "run --deploy true" begin "finish --status failure"; do
  # shellcheck disable=SC2086 # words
  BACKSTEP_HEALTH_CHECK=true "$BACKSTEP" $verb --json >"answers/$verb" 2>err || [ "$verb" = "finish --status failure" ] || fail "$verb: $(cat err)"
done
python3 - answers/* <<'EOT' || fail "an answer is no JSON object with a name and version 1"
import json, sys
for path in sys.argv[1:]:
    with open(path) as answer:
        value = json.load(answer)
    assert value["backstep"] and value["version"] == 1, path
EOT
