# Every tracked file that begins with `#!` is a script, whatever it is called; the others are none.
need bash
tree
mkdir hooks
generate='printf "#!/bin/bash\nfi\n" >hooks/start; echo "if (" >app.conf'
expect 0 run --lint=false --files 'hooks/*,app.conf' --generate 'echo 1 >hooks/start; echo 1 >app.conf' --deploy true
expect 4 run --files 'hooks/*,app.conf' --generate "$generate" --deploy 'touch deployed'
missing deployed
says '❌ lint: 1 error in 1 script'
grep -qE '^hooks/start +2 +error +syntax +bash: ' out || fail 'no row'
[ "$(cat hooks/start app.conf)" = "$(printf '1\n1')" ] || fail 'not restored'

# Not all of them are executed: some are read by others.
sh -c "$generate"
printf '#!/bin/bash\nport=80\n' >hooks/settings
expect 4 lint --files 'hooks/*,app.conf'
last_line_says '❌ 1 error in 4 scripts'
