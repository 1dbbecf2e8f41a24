# Nobody named a services directory, so nobody is told that there is none. One that is named is missed.
mkdir conf && printf 'listen 80\n' >conf/web.conf && printf '#!/bin/sh\necho start\n' >start.sh && chmod 755 start.sh
printf 'files: [start.sh, "conf/*.conf"]\n' >backstep.yml
expect 0 backup
says_not 'Warning'
says '✅ Backup created: '
expect 0 lint
says '✔ 1 script, nothing found'
expect 20 run --generate 'echo broken >conf/web.conf' --deploy true --health-check 'grep -q listen conf/web.conf' \
  --health-retries 1 --health-start-period 0
says_not 'Warning: services directory'
holds conf/web.conf 'listen 80'
expect 0 rollback
says '✔ Rollback completed successfully.'
expect 0 status
expect 0 backup --services-dir apps
says "⚠️ Warning: services directory 'apps' does not exist"
# A glob without a match is said; where nothing at all is there, a backup is none.
expect 0 backup --files 'start.sh,nginx/*.conf'
says "⚠️ Warning: nginx/*.conf (from 'files') matches no file"
expect 6 run --files 'nginx/*.conf' --deploy true
says "nothing is tracked: 'services' does not exist"
