# A value that a command announces is in nothing from there on, and GitHub's runner is told outside of the block in
# which it obeys nothing.
need python3
tree
on_github
cat >deploy.sh <<'EOF'
secret=fetched-4711
echo "  ::add-mask::$secret"
echo "logged in with $secret"
exit 1
EOF
expect 21 run --generate "$(generate_word v1)" --deploy 'sh deploy.sh' --rollback-command true --report report.xml
says '│ logged in with ***'
[ "$(obeyed | grep add-mask)" = "$(printf '::add-mask::fetched-4711')" ] || fail "the runner is told: $(obeyed)"
grep -v '^::add-mask::' out >rest
! grep -rn fetched-4711 rest report.xml backups commands || fail 'the value is shown'
# Where nobody obeys, the line is taken out as well.
unset GITHUB_ACTIONS
expect 21 run --generate "$(generate_word v2)" --deploy 'sh deploy.sh' --rollback-command true
says_not fetched-4711
