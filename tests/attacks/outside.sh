# What comes from outside of the tree: variables, paths of reports, scripts that lint reads, servers that a check
# asks, limits of resources.
# shellcheck disable=SC2013,SC2030,SC2031,SC2034,SC2064,SC2086,SC2143,SC2155,SC2288,SC2016 # words of verbs, a shell an attempt
quick_checks
# A report there is refused, or nothing is written.
report_stays_away() { call run --deploy true --report "$1" "${@:2}"; ended_well; }
try_reports_out_of_the_tree() { mkdir -p w outside; cd w || exit; tree; git init -q . 2>/dev/null || mkdir .git; local r; for r in ../outside/x.json "$HOME/outside/x.json" services/../../outside/x.json; do report_stays_away "$r"; missing ../outside/x.json; done; }
try_reports_in_git_of_any_spelling() { tree; mkdir -p .git/hooks a; local r; for r in .git/x.json ./.git/x.json a/../.git/x.json .git//hooks/x.json a/./../.git/hooks/x.xml; do report_stays_away "$r"; done; [ -z "$(find .git -type f)" ] || fail "$(find .git -type f)"; }
try_reports_in_services_of_any_spelling() {
  tree
  local dir report
  for dir in services ./services services/ services/../services 'serv*' 'services//'; do
    for report in services/action_service/entrypoint.json services/x.json ./services//x.json services/typesense_client_service/x.env; do
      report_stays_away "$report" --services-dir "$dir" --entrypoint-file entrypoint.sh
    done
  done
  is_old
}
try_reports_over_files_that_are_tracked() { tree; mkdir conf; echo '{}' >conf/app.json; echo A=b >.env; local r; for r in conf/app.json ./conf/app.json conf//app.json .env; do report_stays_away "$r" --files 'conf/*,.env'; done; [ "$(cat conf/app.json .env)" = $'{}\nA=b' ] || fail 'overwritten'; }
try_reports_over_what_is_there() { tree; echo '{"name":"x"}' >package.json; echo '<a/>' >pom.xml; echo '<html>' >index.html; echo X=1 >.env; mkdir d.json; mkfifo f.json; ln -s package.json l.json; local r; for r in package.json pom.xml index.html .env d.json f.json l.json; do timeout -s KILL 20 "$BACKSTEP" run --deploy true --report $r >out 2>&1; done; [ "$(cat package.json pom.xml index.html .env)" = $'{"name":"x"}\n<a/>\n<html>\nX=1' ] || fail 'overwritten'; }
try_reports_in_the_store() { tree; expect 0 backup; local id; id=$(newest); local r; for r in "backups/$id/x.json" backups/.backstep/x.env ./backups/x.xml "backups/../backups/$id/x.html" backups//.backstep/good/x.json; do report_stays_away "$r"; report_stays_away "$r" --backups-dir ./backups/; report_stays_away "$r" --environment staging; done; [ -z "$(find backups -name 'x.*')" ] || fail "$(find backups -name 'x.*')"; }
try_reports_of_the_ci_systems_files() {
  tree; on_github; mkdir own; victim own/secret
  ln -sf "$PWD/own/secret" commands/OUTPUT; call run --deploy true --rollback-command true; ended_well
  rm commands/*; ln own/secret commands/STEP_SUMMARY; call run --deploy true; ended_well; rm commands/STEP_SUMMARY
  [ "$(id -u)" != 0 ] || mkfifo commands/ENV
  timeout -s KILL 20 "$BACKSTEP" begin >out 2>&1; status=$?; ended_well
}
# A variable of that name changes no command.
try_variables_that_only_look_like_settings() {
  tree
  local name
  for name in deploy DEPLOY INPUTDEPLOY INPUT__DEPLOY PLUGIN-DEPLOY backstep_deploy BACKSTEP_deploy Input_Deploy CI_DEPLOY 'INPUT_DEPLOY '; do
    env "$name=touch ran" "$BACKSTEP" run >out 2>&1; never_ran
  done
}
try_a_flag_outranks_every_variable() { tree; INPUT_DEPLOY='touch ran' PLUGIN_DEPLOY='touch ran' BACKSTEP_DEPLOY='touch ran' call run --deploy true; ended_with 0; never_ran; printf 'deploy: touch ran\n' >backstep.yml; INPUT_DEPLOY=true call run; never_ran; }
try_variables_of_our_own_that_come_from_outside() {
  tree
  export BACKSTEP_RUN_ID='$(touch ran)' BACKSTEP_PHASE=x BACKSTEP_BACKUP=../../x BACKSTEP_DIGEST=x BACKSTEP_CHANGED_SERVICES=';touch ran' BACKSTEP_GOOD_REVISION=';touch ran' BACKSTEP_CHANGED_FILE=/etc/passwd
  call run --generate "$(generate_word v2)" --deploy 'env | grep ^BACKSTEP_ | sort >got; eval "echo $BACKSTEP_GOOD_REVISION"'
  ended_well; never_ran
  [ ! -e got ] || ! grep -q 'touch ran' got || fail "handed on: $(grep 'touch ran' got)"
}
try_a_state_that_names_another_store() {
  tree; on_github; mkdir -p own/store/.backstep
  STATE_store=$PWD/own/store STATE_BACKSTEP_STORE=$PWD/own/store STATE_run=0123456789abcdef0123 STATE_BACKSTEP_RUN='x;touch ran' call post
  ended_well; never_ran; [ "$(find own -type f)" = "" ] || fail "$(find own)"
}
try_a_home_and_tmpdir_of_others() { need_root; tree; mkdir -m 1777 t; ln -s /etc t/x; HOME=$PWD/t TMPDIR=$PWD/t XDG_CONFIG_HOME=$PWD/t call run --deploy true; ended_with 0; [ "$(ls -A t)" = x ] || fail "left $(ls -A t)"; }
# lint of SHEBANG with a tool of the tree's own that leaves a mark.
lint_of() {
  tree
  mkdir -p bin
  local name
  for name in sh bash dash zsh ksh ash busybox env python3; do printf '#!/bin/sh\ntouch %s/ran\n' "$PWD" >bin/$name; chmod 755 bin/$name; done
  printf '#!%s\necho x\n' "$1" >"$(entrypoint)"
  call lint; ended_well; never_ran
  call run --dry-run --deploy true; never_ran
  printf '#!%s\necho y\n' "$1" >own.sh
}
try_shebangs_of_the_tree() { local s; for s in bin/sh ./bin/sh "$PWD/bin/sh" "/bin/../$PWD/bin/bash" '/usr/bin/env bin/sh' "/usr/bin/env -S $PWD/bin/sh" "/proc/self/cwd/bin/sh" '/usr/bin/env PATH=bin sh' "bin/busybox sh" '../bin/zsh'; do lint_of "$s"; rm -rf services backups; done; }
try_paths_that_lint_searches() { local p; for p in bin . '' ":$PATH" "$PATH:" "$PWD/bin" "$PWD/bin:$PATH" "bin:$PATH" "/proc/self/cwd/bin:$PATH"; do ( tree; mkdir -p bin; printf '#!/bin/sh\n/usr/bin/touch %s/ran\n' "$PWD" >bin/sh; for n in bash dash zsh ksh93 mksh busybox; do cp bin/sh bin/$n; done; chmod 755 bin/*; PATH=$p "$BACKSTEP" lint >out 2>&1; [ ! -e ran ] ) || fail "PATH=$p"; rm -rf services; done; }
try_a_directory_of_the_path_that_others_may_write() { need_root; tree; mkdir -m 777 "$HOME/open"; printf '#!/bin/sh\n/usr/bin/touch %s/ran\n' "$PWD" >"$HOME/open/bash"; chmod 755 "$HOME/open/bash"; cp "$HOME/open/bash" "$HOME/open/dash"; cp "$HOME/open/bash" "$HOME/open/zsh"; mkdir w; mv services w; cd w || exit; printf '#!/usr/bin/env zsh\necho\n' >"$(entrypoint)"; PATH=$HOME/open:$PATH call lint; never_ran ../ran; }
try_what_a_shell_reads_at_its_start() { tree; printf 'touch %s/ran\n' "$PWD" >rc; printf '#!/bin/bash\necho\n' >"$(entrypoint)"; BASH_ENV=$PWD/rc ENV=$PWD/rc ZDOTDIR=$PWD PS4='$(touch ran)' SHELLOPTS=xtrace BASHOPTS=extdebug 'BASH_FUNC_echo%%=() { touch ran; }' call lint 2>/dev/null; env BASH_ENV="$PWD/rc" ENV="$PWD/rc" 'BASH_FUNC_echo%%=() { touch ran; }' "$BACKSTEP" lint >out 2>&1; never_ran; }
try_scripts_that_run_while_they_are_read() { tree; printf '#!/bin/bash\nalias x="touch ran"\n$(touch ran)\n`touch ran`\n[[ -v a[$(touch ran)] ]]\n: <<E\n$(touch ran)\nE\ntrap "touch ran" EXIT DEBUG\nset +n\n: $((a[$(touch ran)]))\n' >"$(entrypoint)"; call lint; never_ran; call status; call diff; call backup; call verify; never_ran; }
try_verbs_that_look_run_nothing() { tree; printf 'generate: touch ran\ndeploy: touch ran\nhealth_check: touch ran\nrollback_command: touch ran\ndiagnose: touch ran\n' >backstep.yml; local verb; for verb in list status history lint config verify diff prune backup 'run --dry-run' 'rollback --dry-run' 'mark good' 'export own.tar' 'import own.tar' 'rollback --files-only' completion\ bash recover 'finish --status failure' post help version; do call $verb; never_ran; done; }
try_a_git_directory_that_is_hostile() { tree; mkdir -p .git; printf '[core]\n\tfsmonitor = touch ran\n\tsshCommand = touch ran\n[remote "origin"]\n\turl = ext::sh -c touch%%20ran\n' >.git/config; printf 'ref: ../../../../etc/passwd\n' >.git/HEAD; local verb; for verb in backup status 'run --deploy true'; do call $verb; ended_well; never_ran; done; ! grep -rq root:x backups || fail 'read out'; mkfifo .git/packed-refs; timeout -s KILL 20 "$BACKSTEP" backup >out 2>&1; status=$?; ended_well; rm -r .git; ln -s /proc/self .git; call backup; ended_well; rm .git; echo 'gitdir: /etc' >.git; call backup; ended_well; head -c 50000000 /dev/zero >.git; call backup; ended_well; }
# server REPLY: a service that answers each connection with that, at `port`.
server() {
  need python3
  cat >s.py <<'END'
import socket, sys, time
s = socket.socket(); s.bind(("127.0.0.1", 0)); s.listen(50)
open("port.new", "w").write(str(s.getsockname()[1])); import os; os.rename("port.new", "port")
reply = sys.argv[1].encode("latin-1").decode("unicode_escape").encode("latin-1")
while True:
    c, _ = s.accept()
    try:
        c.recv(4096); open("asked", "a").write("x\n")
        n = 200000 if sys.argv[2] == "endless" else 1
        for _ in range(n): c.sendall(reply)
        if sys.argv[2] == "hang": held = c; continue
    except OSError: pass
    c.close()
END
  rm -f port; python3 s.py "$1" "${2:-once}" & server=$!
  trap "kill -9 $server 2>/dev/null" EXIT
  until_true 20 test -s port
  port=$(cat port)
}
probe() { (ulimit -v 400000; timeout -s KILL 20 "$BACKSTEP" probe "http://127.0.0.1:$port/" --timeout 1s) >out 2>&1; status=$?; ended_well; steers_no_terminal; }
try_a_server_that_never_ends_its_head() { server 'HTTP/1.1 200 OK\r\nX: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n' endless; probe; }
try_a_server_that_never_ends_its_body() { server 'HTTP/1.1 500 x\r\nTransfer-Encoding: chunked\r\n\r\nfffffff\r\naaaaaaaaaaaaaa' endless; probe; refuses; }
try_a_server_that_hangs() { server 'HTTP/1.1 200' hang; probe; refuses; }
try_a_server_that_lies_about_lengths() { server 'HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\nx'; probe; server 'HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nx'; probe; }
try_a_server_that_speaks_no_http() { server 'SSH-2.0-x\r\n\x1b[2J\x00\xff'; probe; refuses; server 'ICY 200 OK\r\n\r\n'; probe; refuses; server 'HTTP/9.9 200 OK\r\n\r\n'; probe; server 'HTTP/1.1 99999 x\r\n\r\n'; probe; refuses; }
try_a_server_that_sends_us_elsewhere() {
  tree
  server 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'; local first=$port first_pid=$server
  mv asked before 2>/dev/null; rm -f asked
  local where
  for where in "http://127.0.0.1:$first/" "//127.0.0.1:$first/" "http://localhost:$first/" "http://127.0.0.1:$first@127.0.0.1:$first/" "http:\\\\\\\\127.0.0.1:$first/" "HTTP://127.0.0.1:$first" "file:///etc/passwd" "ftp://127.0.0.1:$first/"; do
    mkdir -p second && cd second || exit
    server "HTTP/1.1 302 x\\r\\nLocation: $where\\r\\nContent-Length: 0\\r\\n\\r\\n"
    trap "kill -9 $first_pid $server 2>/dev/null" EXIT
    probe
    kill $server
    cd ..
    missing asked
  done
}
try_urls_that_are_none() { tree; local u; for u in 'http://' 'http://[::1' 'http://a b/' $'http://x/\r\nX: y' 'file:///etc/passwd' 'http://127.0.0.1:99999/' 'http://127.0.0.1:-1/' 'gopher://x' "http://$(printf 'a%.0s' {1..5000})/" 'http://127.0.0.1:9/%' 'http://\x00'; do timeout -s KILL 20 "$BACKSTEP" probe "$u" --timeout 1s >out 2>&1; status=$?; ended_well; refuses; steers_no_terminal; done; }
try_yaml_bombs() { tree; local n='a: &a ["x","x"]'; printf 'a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b]\nfiles: [*c,*c,*c]\n' >backstep.yml; bounded_run; python3 -c 'print("files: "+"["*100000)' >backstep.yml; bounded_run; python3 -c 'print("? "*100000)' >backstep.yml; bounded_run; python3 -c 'print("deploy: "+"x"*30000000)' >backstep.yml; bounded_run; printf 'deploy: "a\0b"\n' >backstep.yml; bounded_run; printf '<<: {deploy: touch ran}\n' >backstep.yml; bounded_run; printf 'deploy: !!python/object/apply:os.system ["touch ran"]\n' >backstep.yml; bounded_run; never_ran; }
bounded_run() { (ulimit -v 400000; ulimit -t 20; "$BACKSTEP" run) >out 2>&1; status=$?; ended_well; steers_no_terminal; }
try_glob_bombs() { tree; mkdir -p a/a/a/a/a/a/a/a; touch a/a/a/a/a/a/a/a/x; (ulimit -v 400000; ulimit -t 20; "$BACKSTEP" backup --files "$(printf '**/%.0s' {1..200})x,$(printf '*a%.0s' {1..200})*b,$(printf '[%.0s' {1..5000}),$(printf '{a,b}%.0s' {1..60})") >out 2>&1; status=$?; ended_well; }
try_a_compose_file_that_is_hostile() { tree; need python3; printf 'services:\n  "x\\ndeploy: touch ran": {ports: ["80:80"], healthcheck: {test: "curl http://localhost/\\ndeploy: touch ran"}}\n  a: {ports: ["80:80"], healthcheck: {test: ["CMD","curl","http://localhost/$(touch ran)\\"\\n- x"]}, volumes: ["./services/action_service/entrypoint.sh:/x\\ndeploy: touch ran"]}\n' >docker-compose.yml; mkdir -p $'services/x\ndeploy: touch ran'; touch $'services/x\ndeploy: touch ran/entrypoint.sh'; call init; ended_well; [ ! -e backstep.yml ] || ! grep -q '^ *deploy: touch\|^ *- *touch' backstep.yml || fail "$(grep -n touch backstep.yml)"; call status; call lint; never_ran; }
try_few_resources() { tree; expect 0 backup; echo x >>"$(entrypoint)"; local n; for n in 3 8 12 16; do (ulimit -n $n; "$BACKSTEP" rollback --files-only) >out 2>&1; status=$?; ended_well; expect 0 verify; done; (ulimit -v 30000; "$BACKSTEP" run --deploy true) >out 2>&1; status=$?; [ "$status" != 139 ] || fail 'it died of a wrong address'; expect 0 verify; }
try_closed_outputs() { tree; "$BACKSTEP" run --deploy 'echo x' >&- 2>&- <&-; [ "$(find backups -name '*.sh' -exec grep -l '▶' {} +)" = "" ] || fail 'our output went into a file of the store'; ! grep -rq '▶' services || fail 'and into a script'; expect 0 verify; }
try_a_core_of_a_killed_run() { tree; (ulimit -c unlimited 2>/dev/null; "$BACKSTEP" run --deploy 'kill -SEGV $PPID; sleep 0.2' >out 2>&1); [ -z "$(find . -name 'core*' -size +0)" ] || fail 'a core holds all variables'; }
