# Baseline: a missing program beneath the workspace is "not there yet", no error.
tree
quick_checks
make='printf "#!/bin/sh\n" >check.sh; chmod 755 check.sh'
expect 0 run --generate "$make" --deploy true --health-check ./check.sh
says "the new version, healthy"
rm check.sh
echo 'health_check: ["./check.sh", "--all"]' >backstep.yml
expect 0 run --generate "$make" --deploy true
