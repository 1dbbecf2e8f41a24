# `../compose.yml` is beneath the workspace, so it is tracked; what leaves the workspace is a mistake.
mkdir -p checkout/deploy && cd checkout || exit 1
mkdir .git
echo v1 >compose.yml
mkdir conf beside && echo v1 >conf/a.conf
cd deploy || exit 1
tree
echo 'files: [../compose.yml, "../conf/*.conf"]' >backstep.yml
expect 0 backup
expect 0 show latest
says '  ../compose.yml'
says '  ../conf/a.conf'
echo v2 >../compose.yml
rm -r ../conf
expect 0 diff
says '../compose.yml'
expect 0 rollback --recreate
holds ../compose.yml v1
holds ../conf/a.conf v1
expect 20 run --generate 'echo bad >../compose.yml' --deploy true --health-check 'grep -q v1 ../compose.yml' \
  --health-retries 1 --health-start-period 0s
holds ../compose.yml v1
expect 0 export store.tar
rm -r backups
expect 0 import store.tar
expect 0 verify
# So may services, all but the settings' own directory.
for place in beside deploy; do printf '#!/bin/sh\necho old\n' >../$place/entrypoint.sh; done
expect 0 backup --services-dir ..
expect 0 show latest
says '  ../beside/entrypoint.sh'
says_not ../deploy
echo changed >../beside/entrypoint.sh
expect 0 rollback --services-dir .. --files '' --to latest
holds ../beside/entrypoint.sh old
for out in ../../x ../../../etc/passwd; do
  expect 2 backup --files $out
  says "'$out' leaves the workspace"
done
expect 2 backup --files a/../../../x
says "'..' may only begin a path"
# No symlink on the way leads out of it.
mkdir ../../outside && echo theirs >../../outside/x
ln -s ../outside ../link
expect 6 backup --files ../link/x
says 'symlink'
