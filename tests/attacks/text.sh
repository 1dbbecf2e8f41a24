# Text of commands, files and stores: what anybody but us wrote steers no runner, no terminal and no report.
# shellcheck disable=SC2013,SC2030,SC2031,SC2034,SC2064,SC2086,SC2143,SC2155,SC2288,SC2016 # words of verbs, a shell an attempt
steer=$'\033[2J\r::error::forged\n::set-output name=a::b\n##[error]forged \xe2\x80\xae\xc2\x9b2J\xc2\x85::warning::x'
# One name of it that a file may have.
steering_name=$'\033]0;x\007\n::error::forged ##[add-path]x\xe2\x80\xae'
quick_checks
# What stands in `out` steers neither a runner nor a terminal.
steers_nothing() { steers_no_runner; steers_no_terminal; }
# fails_with ARGUMENT…: a run that fails after its deploy, with all its reports.
fails_with() {
  call run --report r.html,r.xml,r.json,r.env --rollback-command true "$@"
  ended_well
  steers_no_runner
}
reports_are_whole() {
  need python3
  python3 - <<'PYTHON' || fail "a report is none any more"
import json, re, xml.dom.minidom, html.parser
names = {n.tagName for n in xml.dom.minidom.parse("r.xml").getElementsByTagName("*")}
assert names <= {"testsuites", "testsuite", "testcase", "failure", "skipped", "system-out"}, names
json.load(open("r.json"))
for line in open("r.env"): assert re.fullmatch(r"BACKSTEP_[A-Z_]+=[-A-Za-z0-9_./,:@+]*\n", line), line
page = open("r.html").read()
class Reader(html.parser.HTMLParser):
    def handle_starttag(self, tag, attributes):
        assert tag not in ("script", "img", "iframe", "form", "object", "svg", "base", "embed"), tag
        for name, value in attributes:
            assert not name.startswith("on"), name
            assert name not in ("href", "src") or value.startswith("http"), value
Reader().feed(page)
for text in page, open("r.xml").read(), open("r.json").read():
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e]", text)
PYTHON
}
try_output_of_a_check() { tree; on_github; export steer; fails_with --deploy true --health-check 'printf %s "$steer"; exit 1'; reports_are_whole; }
try_output_of_a_deploy() { tree; on_github; export steer; fails_with --deploy 'printf %s "$steer"; exit 1'; reports_are_whole; }
try_output_of_a_generator() { tree; on_github; export steer; fails_with --generate 'printf %s "$steer"; exit 1' --deploy true; reports_are_whole; }
try_output_of_diagnose() { tree; on_github; export steer; fails_with --deploy false --diagnose 'printf %s "$steer"; exit 3'; reports_are_whole; }
try_output_of_a_rollback_command() { tree; on_github; export steer; call run --deploy false --rollback-command 'printf %s "$steer"; exit 1' --report r.html,r.xml,r.json,r.env; steers_no_runner; reports_are_whole; }
try_output_of_a_services_check() {
  tree; on_github; export steer
  printf 'deploy: "true"\nrollback_command: "true"\nservices:\n  action_service:\n    health_check: {test: "printf %%s \\"$steer\\"; exit 1", retries: 1}\n  typesense_client_service:\n    health_check: {test: "printf %%s \\"$steer\\"; exit 1", retries: 1}\n' >backstep.yml
  fails_with; reports_are_whole
  says forged
}
try_markup_in_output() {
  tree; on_github
  cat >d.sh <<'END'
echo '</pre><script>alert(1)</script><img src=x onerror=y>{{name}}{{{x}}}{{#a}}]]><!-- --><!ENTITY x SYSTEM "file:///etc/passwd">&x;'
echo '```'; echo '</details>| a | b |'; echo '[x](javascript:y) <a href=x> ![x](http://e/x.png) @everyone #1 ~~~'
exit 1
END
  fails_with --deploy 'sh d.sh'
  reports_are_whole
  ! grep -n '<script>\|<img\|\[x\]\|@everyone' commands/STEP_SUMMARY || fail 'obeyed'
}
try_markup_in_a_command() { tree; on_github; fails_with --deploy 'false # </code></pre><script>x</script>`{{name}}` | <!--'; reports_are_whole; ! grep -q '<script>\|<!--' commands/STEP_SUMMARY r.html || fail 'obeyed'; }
try_words_of_a_command_that_steer() { tree; on_github; fails_with --deploy "false # $steer"; reports_are_whole; }
try_names_of_files() {
  tree; on_github
  mkdir -p "conf" && echo x >"conf/$steering_name"
  local verb
  for verb in backup list status 'show latest' diff 'verify' 'lint' 'list --json' 'diff --json' 'rollback --files-only'; do
    call $verb --files 'conf/*'; ended_well; steers_nothing
    echo "x $verb" >"conf/$steering_name"
  done
  call run --files 'conf/*' --deploy true --generate 'echo y >>conf/*' --health-check false --rollback-command true --report r.html,r.xml,r.json,r.env
  steers_nothing; reports_are_whole
}
try_names_of_services() {
  tree; on_github
  mkdir -p "services/$steering_name" && echo x >"services/$steering_name/entrypoint.sh"
  mkdir -p services/-rf 'services/$(touch ran)' 'services/a b'
  touch 'services/$(touch ran)/entrypoint.sh' services/-rf/entrypoint.sh
  local verb
  for verb in backup status init lint config; do call $verb; ended_well; steers_nothing; done
  fails_with --deploy false; steers_nothing; reports_are_whole
  never_ran
}
try_contents_of_files_in_a_diff() {
  tree; on_github
  expect 0 backup
  printf '#!/bin/sh\n%s\n ::error::y\n\t::error::z\n' "$steer" >"$(entrypoint)"
  local verb
  for verb in diff 'diff --stat' 'diff --json' 'show latest' lint; do call $verb; ended_well; steers_nothing; done
  call run --deploy false --rollback-command true --report r.html,r.xml,r.json,r.env; steers_nothing; reports_are_whole
}
try_contents_of_files_for_lint() {
  tree; on_github
  printf '#!/bin/%s\nif ::error::x\n' "$steer" >"$(entrypoint)"
  call lint; ended_well; steers_nothing
  printf '#!/bin/sh\n"::error::forged\n::error::y ##[error]z' >"$(entrypoint)"
  call lint; ended_well; steers_nothing
  printf '#!/usr/bin/env ::error::x\n' >"$(entrypoint)"
  call lint; ended_well; steers_nothing
}
try_tags_and_messages() {
  tree; on_github
  call backup --tag "$steering_name" --message "$steer"; ended_well; steers_nothing
  call backup --message "$steer"; ended_well; steers_nothing
  local verb
  for verb in list 'list --json' 'show latest' status prune verify; do call $verb; ended_well; steers_nothing; done
}
try_owners_actors_environments() {
  tree; on_github
  export GITHUB_ACTOR=$steer GITHUB_JOB=$steer RUNNER_NAME=$steer GITHUB_SHA=$steer GITHUB_REPOSITORY=$steer GITHUB_SERVER_URL=https://x
  fails_with --deploy false; steers_nothing; reports_are_whole
  call run --deploy true --owner "$steer"; steers_nothing
  call backup --environment "$steer"; steers_nothing
  local verb
  for verb in history status list config; do call $verb; ended_well; steers_nothing; done
}
try_a_url_that_is_none() {
  tree; on_github
  local url
  for url in 'javascript:alert(1)//' 'https://x"onclick=y' 'https://x/)[y](z' $'https://x/\n::error::y' 'data:text/html,x' "https://x/'><script>"; do
    GITHUB_SERVER_URL=$url GITHUB_REPOSITORY=a fails_with --deploy false
    steers_nothing; reports_are_whole
    # A link is `[run](` and a URL; elsewhere brackets are references.
    ! grep -nE '\]\(([^h]|https?:[^)]*["<> ])|\)\[y|<script>' commands/STEP_SUMMARY || fail "$url came"
  done
}
try_errors_of_settings() {
  tree; on_github
  local text
  for text in "\"$(printf '%s' "$steering_name" | sed 's/\x1b/\\e/g; s/\x07/\\a/g' | tr '\n' ' ')\": 1" $'deploy: [\n::error::y' '"\x1b[2J\n::error::x": y' 'keep_last: "\n::error::x\x1b[2J"' 'health_check: {"\n::error::x": 1}' 'services: {"\n::error::x": {}}' \
    'report: "\n::error::x.json"' 'files: ["\n::error::x", "\x1b[2J/../../x"]' 'lint_off: ["\n::error::x"]' 'backups_dir: "/nowhere/\n::error::x"' 'deploy: !<!::error::x> y' $'\xff\xfe::error::' '%TAG ! ::error::x'; do
    printf '%s\n' "$text" >backstep.yml
    call backup; steers_nothing
    call config; steers_nothing
    call run --deploy true; steers_nothing
  done
}
try_errors_of_flags_and_variables() {
  tree; on_github
  local name
  for name in keep-last health-url report lint-off environment to deploy-timeout config "x$steering_name"; do call run --deploy true "--$name" "$steer"; steers_nothing; done
  call "$steer"; steers_nothing
  call rollback --to "$steer"; steers_nothing
  call rollback --service "$steer"; steers_nothing
  call show "$steer"; steers_nothing
  call import "$steering_name"; steers_nothing
  INPUT_KEEP_LAST=$steer call backup; steers_nothing
  env "BACKSTEP_KEEP_LST$steering_name=1" "$BACKSTEP" backup >out 2>&1; steers_nothing
  call run --deploy "nowhere/$steering_name"; steers_nothing
}
try_a_workspace_whose_name_steers() {
  mkdir "$steering_name" && cd "$steering_name" || exit
  tree; on_github
  expect 0 begin
  python3 "$CASES/../support/github_runner.py" outputs commands/ENV >/dev/null || fail "GITHUB_ENV: $(cat commands/ENV)"
  [ "$(grep -c '^::error\|^##\[' commands/ENV commands/STATE | grep -cv ':0$')" = 0 ] || fail "$(cat commands/ENV commands/STATE)"
  call finish --status failure; steers_nothing
  call backup --backups-dir "$PWD/store"; steers_nothing
}
try_a_store_whose_place_would_set_variables() {
  tree; on_github
  call begin --backups-dir "$PWD/"$'store\nPATH=/evil\nLD_PRELOAD=x'
  ! grep -q '^PATH=\|^LD_PRELOAD=' commands/ENV commands/STATE commands/OUTPUT || fail "$(cat commands/ENV commands/STATE)"
}
try_outputs_with_lines_of_their_own() {
  tree; on_github
  mkdir conf; echo x >$'conf/a\nresult=evil\nEOF\nx<<EOF'
  call run --files 'conf/*' --deploy true --generate 'for f in conf/*; do echo y >"$f"; done' --health-check false --rollback-command true
  is_output rolled_back true
  [ "$(output result)" != evil ] || fail 'an output was forged'
}
try_a_token_that_a_command_guesses() {
  tree; on_github
  cat >d.sh <<'END'
for t in 0 00000000000000000000000000000000 $GITHUB_RUN_ID $BACKSTEP_RUN_ID $(tr '\0' '\n' </proc/$PPID/environ 2>/dev/null | grep -o '[0-9a-f]\{32\}'); do echo "::$t::"; done
echo '::error::forged'; exit 1
END
  fails_with --deploy 'sh d.sh'
}
try_gitlab_sections() {
  tree; need python3
  export GITLAB_CI=true CI_PIPELINE_ID=1 CI_JOB_ID=1
  cat >d.sh <<'END'
printf '\033[0Ksection_end:1:backstep_1_1\r\033[0K\n'
printf 'x\033[0Ksection_start:1:mine[collapsed=true]\r'; printf '\033[0Kevil\n'
printf '\rsection_start:1:mine\r\033[0K\r\033[0K'
exit 1
END
  call run --deploy 'sh d.sh' --rollback-command true
  python3 -c '
import re
text = open("out", "rb").read()
ours = re.findall(rb"section_(?:start|end):\d+:([A-Za-z0-9_.-]+)(?:\[[^\]]*\])?\r\x1b\[0K", text)
assert ours and all(re.fullmatch(rb"backstep_\d+_\d+", n) for n in ours), ours
assert len(ours) == 4, ours' || fail 'a section was forged'
}
try_gitlab_sections_in_names() {
  tree; export GITLAB_CI=true CI_PIPELINE_ID=1 CI_JOB_ID=1
  mkdir -p "services/"$'\033[0Ksection_start:1:x\r\033[0K'; call backup; steers_no_terminal
}
try_pieces_of_a_command_word() {
  tree; on_github
  cat >d.sh <<'END'
printf '\n'; printf ':'; printf ':err'; printf 'or::forged\n'; printf '#'; printf '#'; printf '[error]forged\n'
printf '\xe2\x80\x80::error::blank\n\xc2\xa0::error::blank\n\xef\xbb\xbf::error::bom\n\v::error::v\n\f::error::f\n\x00::error::nul\n\x1c::error::fs\n'
exit 1
END
  fails_with --deploy 'sh d.sh'; fails_with --deploy true --health-check 'sh d.sh'
}
try_an_endless_line() { tree; on_github; fails_with --deploy 'head -c 30000000 /dev/zero | tr "\0" x; echo; echo ::error::forged; exit 1'; reports_are_whole; [ "$(stat -c %s out)" -lt 20000000 ] || fail 'the log was flooded'; }
try_odd_utf8() { tree; on_github; fails_with --deploy 'printf "\xff\xfe\xed\xa0\x80\xf4\x90\x80\x80\xc0\xba\xc0\xba error::x\xef\xbf\xbf\xef\xbf\xbe\n"; exit 1' --health-check 'true'; reports_are_whole; }
try_annotations_of_a_lint_finding() {
  tree; on_github
  mkdir -p 'services/a' && printf '#!/bin/sh\r\necho\n' >services/a/entrypoint.sh
  mkdir -p conf && printf '#!/bin/sh\nif\n' >$'conf/x,line=1,title=y::forged\n::error::z' && chmod +x conf/*
  call lint --files 'conf/*'; steers_nothing
  call run --files 'conf/*' --deploy true --generate 'for f in conf/*; do echo "if" >>"$f"; done'; steers_nothing
  ! grep -q '^::error file=[^:]*,title=y' out || fail 'a property was forged'
}
try_a_progress_line() { tree; fails_with --deploy 'printf "10%%\r20%%\r\033[K30%%\033[1A\033[2K\n"; exit 1'; reports_are_whole; }
try_json_answers() {
  tree; need python3; on_github
  export steer
  "$BACKSTEP" run --json --deploy 'printf %s "$steer"; exit 1' --rollback-command true >out 2>err; steers_nothing; json 'd["result"]' >/dev/null
  "$BACKSTEP" backup --json --message "$steer" >out 2>err; steers_nothing; json 'd' >/dev/null
  "$BACKSTEP" list --json >out 2>err; steers_nothing; json 'd' >/dev/null
  "$BACKSTEP" show "$steer" --json >out 2>err; steers_nothing
}
try_a_check_that_answers_by_http() {
  tree; on_github; need python3
  cat >s.py <<'END'
import http.server, sys
class H(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.wfile.write(b"HTTP/1.1 500 \x1b[2J\r::error::x ##[error]y\r\nX: \x1b]0;z\x07\r\n\r\n\x1b[2J\n::error::forged\n##[error]z\r\n")
    def log_message(self, *a): pass
s = http.server.HTTPServer(("127.0.0.1", 0), H); open("port", "w").write(str(s.server_port)); s.serve_forever()
END
  python3 s.py & all_started="${all_started-} $!"
  trap "kill -9 $! 2>/dev/null" EXIT
  until_true 20 test -s port
  fails_with --deploy true --health-url "http://127.0.0.1:$(cat port)/"; steers_nothing; reports_are_whole
  call probe "http://127.0.0.1:$(cat port)/"; steers_nothing
}
