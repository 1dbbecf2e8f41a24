# Attempts that get through today, each a limit that docs/security.md names. This family is not registered.
# shellcheck disable=SC2013,SC2030,SC2031,SC2034,SC2064,SC2086,SC2143,SC2155,SC2288,SC2016 # words of verbs, a shell an attempt
quick_checks
# prints COMMAND: a run whose deploy does that and fails, with all reports.
prints() { tree; mkdir own; printf '%s\n' "$1" >own/deploy.sh; call run --deploy 'sh own/deploy.sh' --rollback-command true --report r.html,r.xml,r.json; }
# A password in a URL is known as it stands there, and tools print it decoded.
try_a_decoded_password_of_a_url() { export DATABASE_URL='postgres://u:p%40ss%2Fword-4711@h/db'; prints 'echo "password p@ss/word-4711"; exit 1'; nothing_holds 'ss/word-4711'; }
# Azure's agent obeys ##vso[ anywhere in a line, TeamCity ##teamcity[ at its start; only ##[ is escaped.
try_azures_commands_in_output() { tree; export TF_BUILD=True; call run --deploy "echo 'x ##vso[task.setvariable variable=a]b'; exit 1" --rollback-command true; ! grep '│.*##vso\[' out || fail 'an agent obeys'; }
# What a command prints reaches a terminal as it is, outside of platforms too: docs/security.md says that it is shown.
try_a_command_that_clears_the_screen() { tree; call run --deploy 'printf "\033[2J\033[1A\033]0;title\007x\n"'; steers_no_terminal; }
# An announced value of more than 64 KiB is cut there: the rest of its line is printed, and none of it is hidden.
try_a_long_announcement() { tree; on_github; mkdir own; printf '%s\n' 'v=$(head -c 70000 /dev/zero | tr "\0" q)-4739-xyz' 'echo "::add-mask::$v"; echo "$v"; exit 1' >own/d.sh; call run --deploy 'sh own/d.sh' --rollback-command true; sed -i '/^::add-mask::/d' out; nothing_holds q-4739-xyz; }
# What is announced when 64 KiB of values are known is taken out of the log and neither hidden nor handed on, without a word.
try_an_announcement_too_many() { tree; on_github; mkdir own; printf '%s\n' 'for c in a b c d e f g h; do echo "::add-mask::$(head -c 8192 /dev/zero | tr "\0" $c)"; done' 'echo ::add-mask::an-4740-xyz; echo an-4740-xyz; exit 1' >own/d.sh; call run --deploy 'sh own/d.sh' --rollback-command true; sed -i '/^::add-mask::/d' out; nothing_holds an-4740-xyz; }
