# Above 1 MiB GitHub drops a summary whole. What the user's commands wrote into it counts too.
tree
on_github
fill='head -c $((1000000 - ROOM)) /dev/zero | tr "\0" x >"$GITHUB_STEP_SUMMARY"'
expect 0 run --generate true --deploy "ROOM=200; $fill"
size=$(stat -c %s commands/STEP_SUMMARY)
[ "$size" -le 1000000 ] || fail "the summary has $size bytes"
tail -c 200 commands/STEP_SUMMARY >end
holds end '### ✔ Deployed'
holds end '(cut here: GitHub takes no longer summary)'

on_github 2
expect 0 run --generate true --deploy "ROOM=0; $fill"
says 'the summary is not written: GITHUB_STEP_SUMMARY holds 1000000 bytes already'
