# Generator missing, killed, hanging: exit 5, files restored, nothing deployed, the reason said.
tree
before=$(snapshot)
try() { expect 5 run --deploy 'touch ran' --stop-grace 0s "${@:2}"; says "$1"; missing ran; no_journal; rm out; [ "$(snapshot)" = "$before" ] || fail "not restored"; }
try "exited with 127" --generate "true && ./nosuch.sh"
try "exited with 126" --generate "true && ./services"
try "killed by signal 9" --generate "$(generate_word half); kill -9 \$\$"
try "timed out after 300ms" --generate "$(generate_word half); exec tail -f /dev/null" --generate-timeout 300ms
try "timed out after 300ms" --generate "$(generate_word half); trap : TERM; while :; do :; done" --generate-timeout 300ms
