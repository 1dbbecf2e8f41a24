# What a command line holds is hidden where the command is shown, and where it shows itself.
tree
quick_checks
cat >backstep.yml <<'EOF'
deploy: |
  set -x
  : curl --token tok-4711 -H "Authorization: Bearer bear-4712" -u bob:pass-4713 password=word-4714
  : psql postgres://app:data-4715@db/app
  exit 1
rollback: {command: "set -x; : app --api-key key-4716"}
health_check: {url: "http://127.0.0.1:1/?token=url-4717"}
EOF
expect 21 run --generate "$(generate_word v1)" --check-baseline false --health-deadline 200ms
says ': curl --token ***'
says '-u bob:***'
says 'app --api-key ***'
! grep -rn -- '-471[1-7]' out backups || fail 'a secret of a command is shown'
expect 0 run --dry-run
says_not 4711
