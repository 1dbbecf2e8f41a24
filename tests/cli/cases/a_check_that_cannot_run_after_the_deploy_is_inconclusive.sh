# After the deploy 126/127 is a failed check: rolled back, inconclusive.
a_good_v1
printf '#!/bin/sh\n' >check; chmod 755 check
expect 20 run --generate "$(generate_word v2); rm check" --deploy true --health-check ./check \
  --rollback-command 'printf "#!/bin/sh\n" >check; chmod 755 check'
is_word v1
says "127"
says_not "known bad"
expect 0 list
says_not "bad"
