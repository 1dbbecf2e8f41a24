# docs/notifications.md: a chat room and a mailbox are told why a run failed, whatever its names and output hold, and
# hear nothing of a run that went well.
need curl; need jq
examples=$(realpath "$CASES/../../examples/notifications")
# mailbox KIND: takes one message, at `port`, into the file KIND.message.
mailbox() {
  python3 "$CASES/../support/mailbox.py" "$1" "$1.port" "$1.message" &
  # shellcheck disable=SC2064 # the pid as it is now
  trap "kill -9 $! ${all_started-} 2>/dev/null; :" EXIT
  until_true 20 test -e "$1.port"
  port=$(cat "$1.port")
}
mail() { SMTP_HOST=127.0.0.1 SMTP_PORT=$port MAIL_FROM=ci@shop.example MAIL_TO=team@shop.example "$examples/mail.py" "$@"; }

quick_checks
tree web
mkdir conf
echo old >'conf/a"b`<!channel>'
export GITHUB_ACTIONS=true GITHUB_SHA=0123456789abcdef0123 DEPLOY_TOKEN=swordfish-4711
export GITHUB_ACTOR='x<!here>
Bcc: eve@evil.example'
# shellcheck disable=SC2016 # the check's own quotes and variable
check='grep -q old services/*/entrypoint.sh || { printf "%s\n" "\"},{\"text\":\"@channel" "\`\`\` <!everyone> & ü" . "token $DEPLOY_TOKEN"; exit 1; }'
expect 20 run --files 'conf/*' --generate "$(generate_word v2); rm conf/*; echo new >'conf/c\"d\`<!channel>'" --deploy true --health-check "$check" --diagnose 'echo why it failed' --report run.json,run.html

mailbox http
CHAT_WEBHOOK=http://127.0.0.1:$port "$examples/chat.sh" run.json || fail 'the chat was not told'
mailbox smtp
mail run.json run.html || fail 'no mail was sent'
wait
python3 - <<'PYTHON' || fail "a message is not what it should be: $(cat http.message; head -n 30 smtp.message)"
import email, email.policy, json
from pathlib import Path

chat = json.loads(Path("http.message").read_text(encoding="utf-8"))
assert list(chat) == ["text"], chat
text = chat["text"]
assert "<" not in text and text.count("```") == 6 and text.count("`") == 18, text  # three blocks, each ended
mail = email.message_from_bytes(Path("smtp.message").read_bytes(), policy=email.policy.default)
assert mail["Bcc"] is None and mail["To"] == "team@shop.example", mail.keys()
assert mail["Subject"] == "backstep: the old version, healthy again", mail["Subject"]
body, page = mail.iter_parts()
assert page.get_filename() == "run.html" and "<html" in page.get_content()
body = body.get_content().replace("\r\n", "\n")
for told in (text, body):
    assert "\nBcc:" not in told, told
    for wanted in ("20", "live now: the old version, healthy again", "failed: health check exited with 1", "why it failed",
                   "next: see what the failed version changed backstep diff", "commit: 0123456789ab", '"},{"text":"@channel', "ü", 'changed: web, ', "by: x", "token ***"):
        assert wanted in told, wanted
assert "``` <!everyone> & ü\n.\n" in body, body
assert "swordfish" not in text + str(mail) + page.get_content()
PYTHON

# Of a good run nothing is said: nobody would take it here. Where there is no report, that is said.
expect 0 run --deploy true --report run.json
CHAT_WEBHOOK=http://127.0.0.1:1 "$examples/chat.sh" run.json || fail 'the chat was told of a good run'
mail run.json || fail 'a good run was mailed'
rm -f ./*.port ./*.message
mailbox http
CHAT_WEBHOOK=http://127.0.0.1:$port "$examples/chat.sh" no.json; wait; holds http.message 'left no report'
mailbox smtp
mail no.json run.txt; wait; holds smtp.message 'left no report'
# A room that does not take it fails the step that tells it.
if CHAT_WEBHOOK=http://127.0.0.1:1 "$examples/chat.sh" no.json 2>out; then fail 'nobody took the message, and all is well'; fi
if mail no.json 2>>out; then fail 'nobody took the mail, and all is well'; fi
