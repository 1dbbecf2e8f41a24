# Before the deploy began it is 5 and the half generated files are moved away.
expect 5 run --deploy 'touch ran' --generate 'mkdir -p services/a; echo half >services/a/entrypoint.sh; exit 4'
says "⚠️ Warning: nothing is tracked so far: 'services' does not exist"
missing services/a/entrypoint.sh
missing ran
holds backups/.backstep/failed/*/a_entrypoint.sh half
answer_says "no earlier version exists"
