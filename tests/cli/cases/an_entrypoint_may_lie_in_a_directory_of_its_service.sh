# entrypoint_file with a `/`: the service is still the directory in services_dir.
mkdir -p services/a/bin services/b/bin services/empty
for s in a b; do printf '#!/bin/sh\necho old\n' >services/$s/bin/start.sh; done
echo 'entrypoint_file: bin/start.sh' >backstep.yml
expect 0 backup
holds "backups/$(newest)/_files/services/a/bin/start.sh" old
expect 0 run --generate 'printf "#!/bin/sh\necho new\n" >services/a/bin/start.sh' --deploy true
says '✅ Generated bin/start.sh for a'
expect 0 rollback --service a
says 'Restored a from'
holds services/a/bin/start.sh old
for wrong in ../start.sh 'bin/' '*.sh' /bin/sh; do expect 2 backup --entrypoint-file "$wrong"; done
