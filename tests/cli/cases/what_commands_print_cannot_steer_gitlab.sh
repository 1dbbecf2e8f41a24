# GitLab's log page folds what lies between two markers, wherever in a line they stand. A command that
# leaves a folded section open would hide how the run ended.
need python3
tree
export GITLAB_CI=true CI_PIPELINE_ID=1 CI_JOB_ID=2
cat >evil <<'EOE'
printf '\033[0Ksection_start:1560896352:mine[collapsed=true]\r\033[0KMine\nprogress\r\r\n'
printf 'section_end:1560896352:mine\r'; printf '\033[0K'
printf 'at the end\r'
EOE
sections() { python3 "$CASES/../support/log_readers.py" sections out; }
expect 5 run --generate '. ./evil; exit 1' --deploy true
[ "$(sections | wc -l)" = 2 ] || fail "sections: $(sections)"
sections | grep -q mine && fail 'a section of the command is obeyed'
says '│ at the end'
grep -qF "$(printf '\r❌')" out && fail 'our line stands behind an open one'

# Whoever wants it says so.
expect 0 run --generate true --deploy '. ./evil' --allow-workflow-commands true
sections | grep -q 'start mine' || fail 'the section of the command is lost'
