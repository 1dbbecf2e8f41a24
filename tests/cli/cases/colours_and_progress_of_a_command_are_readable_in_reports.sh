# A tool that believes to be on a terminal colours its words and writes over its progress. The log has
# it as it came, the last screen and the reports what a terminal would be left with.
need python3
tree
cat >deploy <<'EOD'
printf '\033[31m[+] Running 1/2\033[0m\n'
for i in 10 50 100; do printf '\r\033[Kpulling %s%%' $i; done; printf '\r\n'
printf '\033]8;;https://example.org\033\\the log\033]8;;\033\\\tof \033(Bit\n'
printf '\033[1;31mError:\033[0m port 8080 is already in use\033[0m\n\033[0m\n'
exit 1
EOD
on_github
expect 21 run --generate true --deploy '. ./deploy' --rollback-command 'exit 0' --report junit.xml
sed -n '/❌ Failed/,$p' out >last_screen
python3 -c 'import html, sys; print(html.unescape(sys.stdin.read()))' <commands/STEP_SUMMARY >summary
for report in last_screen junit.xml summary; do
  for line in '[+] Running 1/2' 'pulling 100%' 'the log    of it' 'Error: port 8080 is already in use'; do
    holds $report "$line"
  done
  ! grep -q 'x1b\|x0d\|pulling 50\|example.org' $report || fail "$report: $(grep 'x1b\|x0d\|pulling 50\|example.org' $report)"
done
grep -q '│ $' last_screen && fail 'an empty line ends the tail'
grep -qF "$(printf '\033[31m[+] Running')" out || fail 'the log has lost the colour'

# So are the words of a check that failed.
expect 21 run --generate "$(generate_word new)" --deploy true --health-retries 1 --health-start-period 0s \
  --health-check "printf '\\033[31mdown\\r\\033[1mstill down\\033[0m\\n'; exit 1"
sed -n '/❌/,$p' out | grep -q 'x1b\|x0d' && fail 'escapes in what the check said'
says 'still down'
