# One ending is read. A file with the other one is never silently ignored: not here, not above, not as an overlay.
tree
printf 'health_check: "false"\nhealth_retries: 1\nhealth_start_period: 0s\n' >backstep.yaml
expect 2 run --deploy 'touch deployed'
one_line
says "'backstep.yaml' is not read: call it 'backstep.yml', or name it by --config"
missing deployed
git init -q . 2>/dev/null || mkdir .git
cd services || exit 1
expect 2 status
cd ..
expect 0 config --config backstep.yaml
mv backstep.yaml backstep.yml
expect 0 config
echo 'keep_last: 2' >backstep.staging.yaml
expect 2 config --environment staging
says "'backstep.staging.yaml' is not read: call it 'backstep.staging.yml'"
expect 0 config --environment production
