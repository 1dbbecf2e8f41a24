# run --dry-run: the tracked files, the commands as resolved, and to what a failure would go back today, or
# that there is no way back yet. Nothing is changed.
mkdir services
quick_checks
expect 0 run --dry-run --generate 'sh gen.sh' --deploy 'echo up'
says 'no way back yet: no tracked file lies here'
missing backups
tree
echo 'files: [compose.yml]' >backstep.yml
echo 1 >compose.yml
expect 0 run --dry-run --generate 'sh gen.sh' --deploy 'echo up' --health-check 'true # check'
says 'compose.yml'
says 'services/action_service/entrypoint.sh'
says 'generate      sh gen.sh'
says 'rollback      echo up'
says "what lies here now: this run's backup"
missing backups
expect 0 run --generate "$(generate_word v1)" --deploy true --health-check true
sh -c "$(generate_word edited)"
before=$(find backups -printf '%p %T@\n' | sort)
expect 0 run --dry-run --deploy true --health-check true --json
[ "$(json "d['goes_back_to']")" = "$(ls backups/.backstep/good)" ] || fail 'not the known good one'
[ "$(json "d['commands']['deploy']")" = true ] || fail 'no deploy command'
[ "$(find backups -printf '%p %T@\n' | sort)" = "$before" ] || fail 'the store was changed'
is_word edited
expect 0 run --dry-run --deploy true --rollback false
says 'rollback is off'
# What a run would refuse before it changes anything, the preview refuses too.
expect 2 run --dry-run --deploy 'no-such-program up'
says 'the deploy command cannot run'
