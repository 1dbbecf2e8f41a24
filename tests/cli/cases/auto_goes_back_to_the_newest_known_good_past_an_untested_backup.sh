# Auto: ... else the newest known good; said in one line with the reason.
a_good_v1
sed -i 's/v1/v1 edited/' "$(entrypoint)"
expect 20 run --generate "$(generate_word v2)" --deploy true --health-check "$says_v1 && ! grep -q edited $(entrypoint)"
is_word v1
grep -q '^Rolling back to .*: the newest known good$' out || fail "no one line with the reason"
