# A check that fails in the same way again and again says so once, and how often; what differs is told, and -v
# tells all. Numbers that a check prints make no difference.
tree
cat >check.sh <<'EOC'
echo x >>attempts
n=$(wc -l <attempts)
[ "$n" -le 30 ] && echo "curl: (7) Failed to connect to localhost port 8080 after $n ms" || echo 'no table orders'
exit 7
EOC
failing=(check --health-check 'sh check.sh' --health-start-period 0s --health-interval 1ms --health-retries 33)
expect 23 "${failing[@]}"
says '│ curl: (7) Failed to connect to localhost port 8080 after 1 ms'
says '  attempt 1: exited with 7 after'
says '  … 29 more like it …'
says '  attempt 31: exited with 7 after'
says '  … 2 more like it …'
[ "$(grep -c '│' out)" = 2 ] || fail "$(grep -c '│' out) lines of output"
[ "$(wc -l <out)" -lt 12 ] || fail "$(wc -l <out) lines"
rm attempts
expect 23 "${failing[@]}" -v
[ "$(grep -c '│' out) $(grep -c '^  attempt' out)" = '33 33' ] || fail '-v does not tell all'
