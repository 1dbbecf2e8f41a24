# docs/notifications.md shows the scripts of examples/notifications, word for word.
page=$CASES/../../docs/notifications.md
shown() { awk -v fence="\`\`\`$1" 'inside && /^```$/ { exit } inside { print } $0 == fence { getline; if (/^#!/) { inside = 1; print } }' "$page"; }
for script in sh:chat.sh python:mail.py; do
  shown "${script%%:*}" | diff - "$CASES/../../examples/notifications/${script#*:}" >out || fail "the page shows another ${script#*:}"
done
