# With --json a call that is refused prints one object: the exit code, the sentence of stderr, the file and the line.
need python3
# refused STATUS FILE LINE ARGUMENT…
refused() {
  local status=$1 file=$2 line=$3
  shift 3
  "$BACKSTEP" "$@" >out 2>err
  [ $? -eq "$status" ] || fail "'backstep $*' did not exit with $status: $(cat err)"
  [ "$(json '(d["backstep"], d["exit_code"], d["file"], d["line"])')" = "('refusal', $status, '$file', $line)" ] || fail "$*"
  [ "❌ $(json 'd["error"]')" = "$(tail -n 1 err)" ] || fail "$* says on stderr: $(cat err)"
}
tree
refused 10 '' None rollback --json
refused 2 '' None run --json --keep-last x
refused 6 '' None backup --json --services-dir nope
refused 2 '' None show nope --json
refused 2 '' None no-such-verb --json
refused 2 '' None list --json --no-such-flag
mkdir -p backups/.backstep
exec 9>backups/.backstep/lock
flock 9
refused 11 '' None backup --json --lock-wait 0s
printf 'services_dir: services\nkeep_last: many\n' >backstep.yml
refused 2 backstep.yml 2 list --json
printf 'deploy: "true"\nservices:\n  web:\n    health_chekc: {test: "true"}\n' >backstep.yml
mkdir deeper
(cd deeper && refused 2 ../backstep.yml 4 status --json) || exit
refused 2 ci/none.yml None status --json --config ci/none.yml
# Its stdout is the archive's, and `--json` behind `--` is a file.
"$BACKSTEP" export - --json --services-dir /x >out 2>err && fail 'the settings were not refused'
[ ! -s out ] || fail 'the archive on stdout is no archive'
"$BACKSTEP" show -- --json >out 2>err && fail 'a set is called --json'
[ ! -s out ] || fail 'JSON was printed that nobody asked for'
