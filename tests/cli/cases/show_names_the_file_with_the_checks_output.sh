a_good_v1
expect 20 run --generate "$(generate_word v2)" --deploy true --health-check "echo connection refused; $says_v1"
expect 0 show "failed/$(ls backups/.backstep/failed)"
file=$(sed -n 's/^  output:  //p' out)
grep -qx 'connection refused' "$file" || fail "not in '$file'"
expect 0 show latest
says_not 'output:'
