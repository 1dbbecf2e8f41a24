# A host with files alone; its server is a real one. The unit for the boot and the line for cron do what they say.
need busybox
cp -R "$CASES/../../examples/plain-host" app
cd app || exit 1
export PORT=$((21000 + $$ % 1000 * 10 + 7))
sed -i "s/8080/$PORT/" backstep.yml
trap 'kill "$(cat server.pid)" 2>/dev/null; :' EXIT
answers() { [ "$(busybox wget -qO- "http://127.0.0.1:$PORT/")" = "$1" ] || fail "it does not answer '$1'"; }
expect 0 run
says_not 'services directory'
answers hello
echo 'again --verbose' >VERSION
expect 20 run
says "httpd: unrecognized option '--verbose'"
says '✅ Restored start.sh from '
answers hello
echo 'again -v' >VERSION
expect 0 run
answers again

# A deploy that a power cut ended is settled at boot, by the unit's own command.
mkdir ../bin && ln -s "$BACKSTEP" ../bin/backstep
export PATH=${PWD%/*}/bin:$PATH
command=$(sed -n 's|^ExecStart=/usr/bin/||p' backstep-recover.service)
$command >out 2>&1 || fail 'with nothing open the unit fails'
echo 'newer -v' >VERSION
crash_in deploy
status=0
$command >out 2>&1 || status=$?
[ $status = 20 ] || fail "the unit's command exited with $status"
no_journal
grep -q 'again' start.sh || fail 'the files of before did not come back'
if command -v systemd-analyze >/dev/null; then
  sed "s|^ExecStart=/usr/bin/backstep|ExecStart=$BACKSTEP|" backstep-recover.service >../backstep-recover.service
  systemd-analyze verify ../backstep-recover.service >out 2>&1 || fail 'systemd does not take the unit'
  [ ! -s out ] || fail 'systemd complains of the unit'
fi
# cron's line: five times, a user, and a command for sh, in which a percent sign would end it.
line=$(grep -v '^#' backstep-backup.cron)
[[ $line =~ ^([0-9*]+ ){5}root\ [^%]+$ ]] || fail "no line for cron: $line"
before=$(backups | wc -l)
sh -c "$(cut -d ' ' -f 7- <<<"$line" | sed "s|/srv/app|$PWD|")" >out 2>&1 || fail "cron's command exited with $?"
[ ! -s out ] || fail 'cron would mail that it went well'
[ "$(backups | wc -l)" = $((before + 1)) ] || fail "no backup was made"
