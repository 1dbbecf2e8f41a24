# As root in another user's tree: whoever owns a directory can put anything under any name in it. No file of
# root's is written to, given away, read out or obeyed.
# shellcheck disable=SC2013,SC2030,SC2031,SC2034,SC2064,SC2086,SC2143,SC2155,SC2288,SC2016 # words of verbs, a shell an attempt

# enemys_tree: a tree of the enemy's with a store that root has made in it.
enemys_tree() {
  need_root
  tree
  chown -R $enemy:$enemy .
  [ $# = 0 ] || { expect 0 run --generate "$(generate_word v1)" --deploy true; }
  mkdir -m 700 "$HOME/own"
  victim "$HOME/own/secret"
}
# root_runs: what root does there, whatever it ends with.
root_runs() {
  call run --generate "$(generate_word v2)" --deploy true --health-check false --health-retries 1 --health-start-period 0s --health-interval 50ms
  ended_well
}
# in_place_of NAME: the enemy puts links to the victim, hard and soft, there, and root works.
in_place_of() {
  local how
  for how in 'ln -s' ln; do
    rm -rf "${1:?}"
    $how "$victim" "$1"
    root_runs
    call backup
    call rollback --files-only
    victim_is_whole
    rm -f "$1"
  done
}
try_a_link_as_journal() { enemys_tree x; in_place_of backups/.backstep/journal.json; }
try_a_link_as_index() { enemys_tree x; in_place_of backups/.backstep/index; }
try_a_link_as_store_name() { enemys_tree x; in_place_of backups/.backstep/store; }
try_a_link_as_history() { enemys_tree x; in_place_of backups/.backstep/history.jsonl; }
try_a_link_as_verdicts() { enemys_tree x; in_place_of backups/.backstep/verdicts.jsonl; }
try_a_link_as_staged_journal() { enemys_tree x; in_place_of backups/.backstep/.journal.json.backstep-new; }
try_a_link_as_staged_index() { enemys_tree x; in_place_of backups/.backstep/.index.backstep-new; }
try_a_link_as_staged_script() { enemys_tree x; in_place_of services/action_service/.entrypoint.sh.backstep-new; }
try_a_link_as_second_staged_script() {
  enemys_tree x
  mkdir services/action_service/.entrypoint.sh.backstep-new
  in_place_of services/action_service/.entrypoint.sh.backstep-1.backstep-new
}
try_links_as_directories() {
  enemys_tree x
  mkdir "$HOME/own/there"
  local name
  for name in backups/.backstep/good backups/.backstep/failed backups/.backstep/left backups/.backstep backups; do
    rm -rf "${name:?}"
    ln -s "$HOME/own/there" "$name"
    root_runs
    call prune --keep-last 1
    [ -z "$(ls -A "$HOME/own/there")" ] || fail "$name led to $(ls -A "$HOME/own/there")"
    rm "$name"
  done
}
try_a_link_as_a_stored_copy() {
  enemys_tree x
  local set=backups/$(newest)
  rm "$set/action_service_entrypoint.sh"
  ln -s "$victim" "$set/action_service_entrypoint.sh"
  call rollback --to "$(newest)" --files-only
  call export x.tar
  ! grep -rqa root:secret services x.tar out || fail "root's file was read out"
}
try_a_hard_link_as_a_script_is_not_read_out() {
  enemys_tree x
  rm services/action_service/entrypoint.sh
  ln "$victim" services/action_service/entrypoint.sh
  call run --deploy false --rollback-command true
  ended_well
  victim_is_whole
  rm services/action_service/entrypoint.sh
  local copy
  for copy in $(grep -rla root:secret backups); do
    as_enemy cat "$copy" >/dev/null 2>&1 && fail "the enemy can read $copy: $(ls -ln "$copy")"
  done
  :
}
try_a_hard_link_to_a_setuid_file() {
  enemys_tree x
  cp /bin/true "$HOME/own/tool" && chmod 4755 "$HOME/own/tool"
  local was=$(stat -c '%u %a %h' "$HOME/own/tool")
  rm services/action_service/entrypoint.sh
  ln "$HOME/own/tool" services/action_service/entrypoint.sh
  root_runs
  rm -f services/action_service/entrypoint.sh
  [ "$(stat -c '%u %a %h' "$HOME/own/tool")" = "$was" ] || fail "$was: $(ls -ln "$HOME/own/tool")"
  [ -z "$(find . -path ./own -prune -o -perm /6000 -print)" ] || fail 'a setuid file was made'
}
try_a_service_that_becomes_a_link_while_root_works() {
  enemys_tree x
  mkdir "$HOME/own/service" && cp "$victim" "$HOME/own/service/entrypoint.sh"
  chmod 600 "$HOME/own/service/entrypoint.sh"
  call run --deploy "rm -r services/action_service; ln -s $HOME/own/service services/action_service" --health-check false \
    --health-retries 1 --health-start-period 0s --health-interval 50ms --generate "$(generate_word v2)"
  ended_well
  [ "$(cat own/service/entrypoint.sh)" = root:secret ] || fail 'written through the link'
}
try_services_that_become_a_link_while_root_works() {
  enemys_tree x
  mkdir -p own/all/action_service
  call run --deploy "rm -r services; ln -s own/all services" --health-check false --health-retries 1 --health-start-period 0s \
    --health-interval 50ms --generate "$(generate_word v2)"
  ended_well
  missing own/all/action_service/entrypoint.sh
}
try_the_store_that_is_moved_away_while_root_works() {
  enemys_tree x
  mkdir own/elsewhere
  call run --deploy "mv backups own/old; ln -s own/elsewhere backups" --health-check false --health-retries 1 --health-start-period 0s \
    --health-interval 50ms --generate "$(generate_word v2)"
  ended_well
  [ -z "$(ls -A own/elsewhere)" ] || fail "made there: $(ls -A own/elsewhere)"
}
try_an_export_over_a_link() {
  enemys_tree x
  mkdir -m 777 enemys && chown $enemy enemys
  ln -s "$victim" enemys/x.tar
  ln "$victim" enemys/.x.tar.backstep-new
  call export enemys/x.tar
  rm -f enemys/.x.tar.backstep-new
  victim_is_whole
}
try_an_export_of_secrets_is_for_its_maker() {
  tree
  echo 'password-in-script' >"$(entrypoint)" && chmod 600 "$(entrypoint)"
  expect 0 backup
  expect 0 export x.tar
  [ -z "$(find x.tar -perm /077)" ] || fail "others can read what only its owner could: $(ls -l x.tar)"
}
try_init_over_a_link() {
  enemys_tree
  ln -s "$HOME/own/new" backstep.yml
  call init
  missing "$HOME/own/new"
  rm backstep.yml; ln "$victim" backstep.yml; call init; rm backstep.yml
  victim_is_whole
}
try_install_over_a_link() {
  enemys_tree
  mkdir bin && chown $enemy bin
  ln -s "$victim" bin/backstep
  call install bin
  victim_is_whole
  rm -f bin/backstep; ln "$victim" bin/backstep; call install bin; rm -f bin/backstep
  victim_is_whole
}
try_a_report_over_a_link() {
  enemys_tree x
  ln -s "$victim" r.json; ln "$victim" r.xml
  call run --deploy true --report r.json,r.xml
  rm -f r.json r.xml
  victim_is_whole
}
try_a_report_through_a_link() {
  enemys_tree x
  ln -s own there
  call run --deploy true --report there/r.json
  missing own/r.json
}
try_a_command_by_a_settings_file_above_the_tree() {
  need_root
  tree
  printf 'deploy: touch ran\nhealth_check: touch ran\n' >backstep.yml
  chown $enemy backstep.yml
  mkdir below && cd below || exit
  mkdir services
  call check
  refuses
  never_ran; never_ran ../ran
}
try_a_command_by_an_overlay() {
  need_root
  tree
  printf 'keep_last: 4\n' >backstep.yml
  printf 'deploy: touch ran\nhealth_check: touch ran\n' >backstep.staging.yml
  chown $enemy backstep.staging.yml
  local verb
  for verb in check run begin rollback; do call $verb --environment staging; refuses; never_ran; done
}
try_a_command_by_an_overlay_of_all() {
  tree
  printf 'environment: staging\n' >backstep.yml
  printf 'health_check: touch ran\n' >backstep.staging.yml
  chmod 646 backstep.staging.yml
  call check; refuses; never_ran
}
try_a_command_by_a_named_file() {
  need_root
  tree
  printf 'health_check: touch ran\n' >other.yml; chown $enemy other.yml
  call check --config other.yml; refuses; never_ran
  call check --config "$PWD/other.yml"; refuses; never_ran
  ln -s other.yml link.yml
  call check --config link.yml; never_ran
  BACKSTEP_CONFIG=other.yml call check; refuses; never_ran
}
try_words_that_are_no_owner() {
  need_root
  tree
  printf 'health_check: touch ran\n' >backstep.yml; chown $enemy backstep.yml
  local word
  for word in '' 0 root checkout yes true 1 '*' "$enemy " " $enemy" "0$enemy" "+$enemy" "$enemy,0" 0x10e1 4294967295 -1 "1$enemy"; do
    BACKSTEP_TRUST_OWNER=$word call check; refuses; never_ran
    SUDO_UID=$word call check; refuses; never_ran
  done
  SUDO_USER=root SUDO_GID=$enemy call check; refuses; never_ran
}
try_checkout_of_another_place() {
  need_root
  tree
  printf 'health_check: touch ran\n' >backstep.yml; chown $enemy backstep.yml
  mkdir -p elsewhere && chown $enemy elsewhere
  local variable
  for variable in GITHUB_WORKSPACE CI_PROJECT_DIR CI_WORKSPACE BITBUCKET_CLONE_DIR; do
    env BACKSTEP_TRUST_OWNER=checkout "$variable=$PWD/elsewhere" "$BACKSTEP" check >out 2>&1 && fail "$variable"
    env BACKSTEP_TRUST_OWNER=checkout "$variable=elsewhere" "$BACKSTEP" check >out 2>&1 && fail "$variable"
    never_ran
  done
}
try_a_checkout_whose_file_is_a_strangers() {
  need_root
  tree
  printf 'health_check: touch ran\n' >backstep.yml; chown $enemy backstep.yml
  chown 1234 .
  BACKSTEP_TRUST_OWNER=checkout GITHUB_WORKSPACE=$PWD call check; refuses; never_ran
}
# open_journal: a run of root's that was killed in its deploy, so that a command is owed.
open_journal() { quick_checks; crash_in deploy --rollback-command 'touch ran' --generate "$(generate_word v2)"; exists $journal; }
try_a_journal_of_the_enemys() {
  need_root; tree; open_journal
  chown $enemy $journal
  local verb
  for verb in recover 'finish --status failure' run begin rollback backup; do cp -a $journal kept; call $verb; never_ran; cp -a kept $journal; done
}
try_a_journal_that_all_may_write() {
  tree; open_journal
  chmod 666 $journal
  call recover; never_ran
}
try_a_journal_that_says_that_it_is_roots() {
  need_root; tree; open_journal
  edit_record 's/"author":[0-9]*/"author":0/'
  chown $enemy $journal
  call recover; never_ran
}
try_commands_of_the_enemys_settings_for_roots_journal() {
  need_root; tree; open_journal
  edit_record 's/"owed":false/"owed":true/; s/"rollback_command":"[^"]*"/"rollback_command":"true"/'
  printf 'rollback_command: touch ran\nhealth_check: touch ran\n' >backstep.yml
  chown $enemy backstep.yml
  call recover; never_ran
  call finish --status failure; never_ran
}
try_a_left_journal_of_the_enemys() {
  need_root; tree; open_journal
  mkdir -p backups/.backstep/left
  mv $journal "backups/.backstep/left/$(open_run 2>/dev/null || echo 00000000000000000000)"
  chown -R $enemy backups/.backstep/left
  call recover; never_ran
}
try_a_store_in_a_sticky_directory() {
  need_root
  tree
  mkdir -m 1777 shared
  as_enemy mkdir -m 777 shared/store
  as_enemy mkdir -m 777 shared/store/.backstep
  call backup --backups-dir "$PWD/shared/store"
  [ "$status" != 0 ] || says 'who can so choose what a rollback restores'
  as_enemy ln -s "$PWD" shared/link
  call backup --backups-dir "$PWD/shared/link/x"
  ended_well
}
try_an_owner_that_a_manifest_gives() {
  enemys_tree x
  local set=backups/$(newest)
  sed -i -E '2,$s/"uid":[0-9]+/"uid":1/; 2,$s/"gid":[0-9]+/"gid":1/' "$set/_manifest.jsonl"
  write_header "$set" time '"2024-01-01T00:00:00Z"'
  echo changed >"$(entrypoint)"
  call rollback --to "$(newest)" --files-only
  [ "$(stat -c %u "$(entrypoint)")" != 1 ] || fail 'a stored number chose the owner'
}
try_a_mode_that_a_manifest_gives() {
  tree; expect 0 backup
  local set=backups/$(newest) mode
  for mode in 4755 2755 1755 6777 04755 '0755 '; do
    cp -r "$set" kept
    sed -i -E "2,\$s/\"mode\":\"[0-9]*\"/\"mode\":\"$mode\"/" "$set/_manifest.jsonl"
    write_header "$set" time '"2024-01-01T00:00:00Z"'
    echo changed >"$(entrypoint)"
    call rollback --to "$(newest)" --files-only
    refuses
    [ -z "$(find services -perm /7000)" ] || fail "mode $mode was made"
    rm -r "$set"; mv kept "$set"
  done
}
try_a_lock_that_the_enemy_removes() {
  enemys_tree x
  start run --deploy "$(hang reached)"
  until_true 20 test -e reached
  rm -f backups/.backstep/lock
  call backup --lock-wait 50ms
  ended_with 11
}
try_a_capability_of_a_store() {
  need_root; need setcap; need getcap
  tree; expect 0 backup
  chown -R $enemy .
  chown root "$(entrypoint)"; setcap cap_setuid+ep "$(entrypoint)" || skip 'no capability can be set here'
  expect 0 backup
  sed -i 's/old/evil/' "$(entrypoint)"; chown $enemy "$(entrypoint)"
  call rollback --files-only
  [ -z "$(getcap "$(entrypoint)")" ] || fail "$(getcap "$(entrypoint)") of $(stat -c %u "$(entrypoint)")"
}
