# A poisoned store or archive: whoever wrote it may choose a version; never a path, a command, the memory or the
# end of a run.
# shellcheck disable=SC2013,SC2030,SC2031,SC2034,SC2064,SC2086,SC2143,SC2155,SC2288,SC2016 # words of verbs, a shell an attempt
forge() { need python3; python3 "$CASES/../support/forged_set.py" "$@"; }
# set_in_store: one good set, its directory in `set`.
set_in_store() { tree; expect 0 backup; set=backups/$(newest); }
seal() { write_header "$set" time '"2024-01-01T00:00:00Z"'; }
# restores: goes back to the poisoned set, within a few seconds and 256 MiB.
restores() { (ulimit -v 400000; ulimit -t 20; "$BACKSTEP" rollback --to "$(newest)" --files-only --exact) >out 2>&1; status=$?; ended_well; }
# no_path PATH…: sets that name such files bring nothing there.
no_path() {
  tree
  mkdir -p ../outside .git/hooks
  local path
  for path in "$@"; do
    rm -rf backups
    forge x.tar 2024-03-10_14-23-00 "$path=#!/bin/sh evil"
    call import x.tar; ended_well
    call rollback --to 2024-03-10_14-23-00 --files-only --exact; ended_well
    [ -z "$(grep -rlsF 'sh evil' . ../outside --exclude=x.tar --exclude-dir=backups --exclude-dir=own)" ] || fail "$path came: $(grep -rlsF 'sh evil' . --exclude=x.tar --exclude-dir=backups)"
  done
}
try_paths_out_of_the_tree() { no_path ../outside/x /etc/x 'services/a/../../../outside/x' ./x services//x services/x/.; }
try_paths_into_git() { no_path .git/hooks/post-checkout .git/config services/.git/config services/a/.git/hooks/x .git; }
try_paths_into_the_store() { no_path backups/.backstep/journal.json backups/2024-03-10_14-23-00/x backups/.backstep/index; }
try_paths_of_settings_and_pipelines() { no_path backstep.yml backstep.yaml .github/workflows/ci.yml .gitlab-ci.yml backstep.production.yml action.yml; }
try_paths_with_odd_bytes() { no_path $'services/a/entrypoint.sh\n../x' $'services/\033[2J/entrypoint.sh' "services/$(printf 'a%.0s' {1..300})/entrypoint.sh" 'services/##[error]/entrypoint.sh'; }
try_stored_names_that_lead_out() {
  set_in_store
  local name
  mkdir own; victim own/secret
  for name in ../../own/secret /etc/passwd .backstep/journal.json _manifest.jsonl ../x ./action_service_entrypoint.sh _files/../../../own/secret; do
    cp -r "$set" own/kept
    sed -i "2s|\"stored\":\"[^\"]*\"|\"stored\":\"$name\"|" "$set/_manifest.jsonl"; seal
    echo changed >"$(entrypoint)"
    restores; refuses
    call verify; refuses; call show "$(newest)"; ended_well
    holds "$(entrypoint)" changed
    rm -r "$set"; mv own/kept "$set"
  done
}
try_fields_of_a_manifest_that_are_of_another_kind() {
  set_in_store
  mkdir own
  local member value
  for member in format uid sequence time scope owner path stored size mode mtime sha256 count digest; do
    for value in null '{}' -1 99999999999999999999 '"\u0000../../x"'; do
      cp -r "$set" own/kept
      value=$value member=$member perl -pi -e 's/"$ENV{member}":("[^"]*"|[0-9]+|\{[^}]*\})/"$ENV{member}":$ENV{value}/' "$set/_manifest.jsonl"
      write_header "$set" nothing 0
      call rollback --to "${set#*/}" --files-only; ended_well
      steers_no_terminal
      rm -r "$set"; mv own/kept "$set"
    done
  done
}
try_an_endless_manifest_line() { set_in_store; head -c 100000000 /dev/zero | tr '\0' a >>"$set/_manifest.jsonl"; restores; refuses; call list; ended_well; }
try_records_of_one_endless_line() {
  set_in_store
  local name
  for name in history.jsonl verdicts.jsonl; do
    head -c 100000000 /dev/zero | tr '\0' '[' >backups/.backstep/$name
    (ulimit -v 400000; ulimit -t 30; "$BACKSTEP" status) >out 2>&1; status=$?; ended_well
    rm backups/.backstep/$name
  done
}
try_a_journal_of_300_mb() {
  set_in_store
  head -c 300000000 /dev/zero | tr '\0' 'a' >$journal
  (ulimit -v 400000; ulimit -t 30; "$BACKSTEP" status) >out 2>&1; status=$?; ended_well
  (ulimit -v 400000; ulimit -t 30; "$BACKSTEP" run --deploy true) >out 2>&1; status=$?; ended_well; refuses
  says recover
}
try_a_deep_journal() {
  set_in_store
  printf '%0.s[' {1..100000} >$journal
  call status; ended_well; call backup; ended_well
}
try_an_index_that_lies() {
  set_in_store
  mkdir own
  local index=backups/.backstep/index
  cp $index own/index
  for edit in 's/"[0-9a-f]{64}"/"../../../../etc/passwd"/' 's/[0-9]+/18446744073709551615/g' 's/^/[/' 's/action_service/..\/..\/x/g'; do
    sed -E "$edit" own/index >$index
    call backup; ended_well; ended_with 0
    echo "changed $edit" >>"$(entrypoint)"
    expect 0 backup; expect 0 verify
  done
  head -c 5000000 /dev/urandom >$index
  expect 0 backup; expect 0 verify
}
try_a_store_name_that_steers() {
  set_in_store
  printf '::error::x\033[2J\n' >backups/.backstep/store
  call run --deploy true; ended_well; steers_no_terminal
  call history; steers_no_terminal; steers_no_runner
}
try_hints_of_a_project_that_steer() {
  tree; mkdir store
  expect 0 backup --backups-dir "$PWD/store" --project mine
  printf '{"backstep":"project","format":1,"hints":{"project":"\\u001b[2J##[error]x\\n::error::y\\u202e"}}' >store/.backstep/project.json
  on_github
  call backup --backups-dir "$PWD/store" --project mine
  steers_no_terminal; steers_no_runner
}
# journal_with SED…: an open run whose journal is changed so, and settled; nothing runs that it must not.
journal_with() {
  tree; quick_checks
  crash_in deploy --rollback-command true --generate "$(generate_word v2)"
  mkdir own; cp $journal own/journal
  local edit verb
  for edit in "$@"; do
    for verb in status recover; do
      cp own/journal $journal
      edit_record "$edit"
      [ "$(record)" != "$(journal=own/journal && record)" ] || fail "$edit changes nothing"
      call $verb; ended_well; steers_no_terminal; steers_no_runner
      [ "$(cat own/outside 2>/dev/null)" = "" ] || fail "$edit: reached own/outside"
    done
  done
}
try_a_journal_that_records_paths_elsewhere() {
  journal_with 's|"path":"services/action_service/entrypoint.sh"|"path":"../own/outside"|' 's|"recorded":\[|"recorded":[{"path":"/etc/x","sha256":""},|' \
    's|"services_dir":\["services"\]|"services_dir":["../../.."]|g' 's|"scope":\{|"scope":{"files":["../own/outside","/etc/passwd",".git/config"],|g'
}
try_a_journal_with_numbers_that_overflow() {
  journal_with 's/"started":[0-9]+/"started":9223372036854775807/' 's/"guard_until":[0-9]+/"guard_until":253402300799/' 's/"started":[0-9]+/"started":-1/' \
    's/"author":[0-9]+/"author":-1/' 's/"author":[0-9]+/"author":4294967296/' 's/"device":"[0-9]+"/"device":"18446744073709551616"/' 's/"format":[0-9]+/"format":0/' 's/"format":[0-9]+/"format":-5/'
}
try_a_journal_whose_words_steer() {
  journal_with 's|"owner":"[^"]*"|"owner":"x\\u001b[2J\\n::error::y ##[error]z"|' 's|"actor":"[^"]*"|"actor":"\\u202e\\u0085::error::y"|' 's|"failure":"[^"]*"|"failure":"\\r::error::y\\u2028"|' \
    's|"url":"[^"]*"|"url":"javascript:x\\u001b]8;;http://e\\u0007"|' 's|"target_reason":"[^"]*"|"target_reason":"\\n::set-output name=a::b"|' 's|"passed_services":\[\]|"passed_services":["\\n::error::x"]|' \
    's|"commit":"[^"]*"|"commit":"\\n::error::x;touch ran"|' 's|"tree":\{"path":"[^"]*"|"tree":{"path":"/x\\n::error::y\\u001b[2J"|'
  never_ran
}
try_a_journal_whose_settings_are_odd() {
  journal_with 's|"settings":\{|"settings":{"report":["services/action_service/x.json","/tmp/x.json","../x.json",".git/x.json"],|' 's|"settings":\{|"settings":{"backups_dir":"/etc",|' \
    's|"settings":\{|"settings":{"config":"/etc/passwd",|' 's|"settings":\{|"settings":{"shell":"/tmp/x",|' 's|"settings":\{|"settings":{"health_url":"http://\\u001b[2J/",|' 's|"settings":\{|"settings":{"nothing":"x",|'
  missing services/action_service/x.json; missing .git/x.json
}
try_a_commit_of_a_store_that_is_a_command() {
  tree; quick_checks
  expect 0 run --deploy true --health-check true
  sed -i 's/"event":"accepted"/"event":"accepted","commit":"$(touch ran);x"/' $history
  printf 'echo "revision: $BACKSTEP_GOOD_REVISION" >got; exit 1\n' >deploy.sh
  sh -c "$(generate_word v2)"
  call run --deploy 'sh deploy.sh' --rollback-command true
  never_ran
  ! grep -q touch got || fail 'the command was handed what is no commit'
}
try_a_left_journal_with_a_name_that_leads_out() {
  set_in_store; mkdir -p backups/.backstep/left own; victim own/secret
  ln -s ../../../own/secret backups/.backstep/left/0123456789abcdef0123
  mkdir backups/.backstep/left/..x; touch $'backups/.backstep/left/\033[2J\n::error::x' backups/.backstep/left/-rf
  mkfifo backups/.backstep/left/aaaaaaaaaaaaaaaaaaaa
  local verb
  for verb in status list recover 'run --deploy true' prune; do call $verb; ended_well; steers_no_terminal; steers_no_runner; done
  victim_is_whole
}
try_fifos_and_devices_in_a_store() {
  set_in_store
  local name verb
  for name in index history.jsonl verdicts.jsonl store journal.json lock project.json good failed; do
    rm -rf backups/.backstep/$name; mkfifo backups/.backstep/$name
    for verb in status list backup 'rollback --files-only'; do
      timeout -s KILL 20 "$BACKSTEP" $verb >out 2>&1 <&-; status=$?
      ended_well
    done
    rm -f backups/.backstep/$name
  done
}
try_sets_of_the_year_9999() {
  set_in_store
  made_at "$set" 9999-12-31_23-59-59
  call backup; ended_well
  call run --deploy true; ended_well
  call list; ended_well
}
try_a_sequence_at_its_end() {
  set_in_store
  write_header "$set" sequence 9223372036854775807
  call backup; ended_well; call run --deploy true; ended_well; call list; ended_well
}
try_directories_whose_names_steer() {
  set_in_store; on_github
  mkdir -p $'backups/2024\n::error::x' $'backups/\033]0;x\007' 'backups/##[error]x' $'backups/.backstep/good/\n::error::y' $'backups/.backstep/failed/\xc2\x9b2J' 'backups/-rf'
  local verb
  for verb in list verify prune status backup 'run --deploy true' 'rollback --files-only' 'show x' history; do
    call $verb; ended_well; steers_no_terminal; steers_no_runner
  done
}
try_files_beside_a_set_steer_or_come() {
  set_in_store; on_github
  touch $'backups/2024-01-01_00-00-00' "$set/"$'x\n::error::y'
  ln -s /etc/passwd "$set/extra"
  local verb
  for verb in list verify 'export own.tar'; do call $verb; ended_well; steers_no_terminal; steers_no_runner; done
  ! grep -qa root:x own.tar || fail 'a link was followed'
}
# hostile TAR-PYTHON: an archive that Python makes of it, imported.
hostile() {
  tree; need python3; mkdir own; victim own/secret
  python3 -c "
import tarfile,io,sys
t=tarfile.open('x.tar','w',format=tarfile.GNU_FORMAT)
def add(name,data=b'',**kw):
    i=tarfile.TarInfo(name); i.size=len(data)
    for k,v in kw.items(): setattr(i,k,v)
    t.addfile(i,io.BytesIO(data))
I='2024-03-10_14-23-00'
$1
t.close()"
  (ulimit -v 400000; ulimit -t 20; "$BACKSTEP" import x.tar) >out 2>&1; status=$?
  ended_well; steers_no_terminal; steers_no_runner; victim_is_whole
  [ -z "$(find . -name 'evil*' -not -path './own/*')" ] || fail "made: $(find . -name 'evil*')"
}
try_a_member_that_is_the_journal() { hostile "add('.backstep/journal.json',b'{}'); add('.backstep/evil',b'x'); add('.backstep/left/evil',b'x')"; missing $journal; }
try_a_member_that_is_the_index() { hostile "add('.backstep/index',b'x'); add('.backstep/store',b'evil'); add('.backstep/lock',b'x'); add('.backstep/project.json',b'x')"; missing backups/.backstep/project.json; }
try_members_that_are_links_to_what_comes() { hostile "add(I,type=tarfile.SYMTYPE,linkname='../own'); add(I+'/secret',b'x'); add(I+'/evil',b'x')"; }
try_members_that_are_hard_links() { hostile "add(I+'/_manifest.jsonl',type=tarfile.LNKTYPE,linkname='../own/secret'); add(I+'/a',type=tarfile.LNKTYPE,linkname='/etc/passwd')"; }
try_members_that_are_devices() { hostile "add(I+'/evil',type=tarfile.CHRTYPE,devmajor=1,devminor=3); add(I+'/evil2',type=tarfile.FIFOTYPE)"; }
try_a_sparse_member_of_an_exabyte() { hostile "i=tarfile.TarInfo(I+'/x'); i.size=1<<60; t.addfile(i,io.BytesIO(b''))" 2>/dev/null || :; }
try_members_with_names_that_steer() { hostile "add('\033[2J\n::error::x/evil',b'x'); add('##[error]',b'x'); add('a'*5000,b'x')"; }
try_records_that_come_with_lines_that_steer() {
  hostile "add('.backstep/history.jsonl',b'{\"format\":1,\"run\":\"0123456789abcdef0123\",\"sequence\":1,\"event\":\"accepted\",\"verb\":\"run\",\"time\":\"2024-01-01T00:00:00Z\",\"exit_code\":0,\"owner\":\"x\\\\n::error::y\\\\u001b[2J\",\"actor\":\"##[error]z\",\"reason\":\"\\\\u202e\",\"url\":\"javascript:x\"}\n')"
  on_github
  local verb
  for verb in history status list 'history --json' 'status --json'; do call $verb; ended_well; steers_no_terminal; steers_no_runner; done
}
try_an_archive_with_a_million_members() { hostile "
for n in range(20000): add('x%d'%n)"; }
try_an_archive_that_is_compressed_a_thousandfold() {
  tree; head -c 100000000 /dev/zero | gzip >x.tar.gz
  (ulimit -v 400000; ulimit -t 20; ulimit -f 20000; "$BACKSTEP" import x.tar.gz) >out 2>&1; status=$?; ended_well; refuses
}
try_an_archive_that_is_a_fifo_or_a_directory() {
  tree; mkfifo f; mkdir d
  timeout -s KILL 5 "$BACKSTEP" import d >out 2>&1; status=$?; ended_well; refuses
  timeout -s KILL 5 "$BACKSTEP" import /dev/null >out 2>&1; status=$?; ended_well
}
try_an_import_that_takes_the_last_good_away() {
  tree; quick_checks
  expect 0 run --generate "$(generate_word v1)" --deploy true --health-check true
  cp -r backups kept
  local uid=$(uid_in backups/.backstep/good/* 2>/dev/null || uid_in "backups/$(newest)")
  forge --uid "$uid" --sequence 999 x.tar 2024-03-10_14-23-00 services/action_service/entrypoint.sh=evil
  call import x.tar; ended_well
  call run --generate "$(generate_word v2)" --deploy true --health-check "$says_v1"
  is_word v1
}
