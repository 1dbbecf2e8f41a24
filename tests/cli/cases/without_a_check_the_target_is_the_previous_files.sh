# Without a check: previous, whatever was known good before.
a_good_v1
sed -i 's/v1/edited/' "$(entrypoint)"
expect 21 run --generate "$(generate_word v2)" --deploy 'grep -q edited services/action_service/entrypoint.sh'
is_word edited
answer_says "not checked"
