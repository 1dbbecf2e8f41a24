# 126 and 127 are of the check only where its own program is missing: `docker exec` and `ssh` hand on what the other
# side says, so a deploy that brings the check is possible, and one that loses it is bad.
mkdir bin work
cd work || exit 1
tree
quick_checks
for client in docker my-ssh kubectl; do
  printf '#!/bin/sh\ngrep -q "echo v1" services/action_service/entrypoint.sh && exit 0\necho "healthz: not found" >&2\nexit %s\n' "${code:=127}" >../bin/$client
  chmod 755 ../bin/$client
  code=126
done
PATH=${PWD%/*}/bin:$PATH
for check in 'docker exec web healthz' 'my-ssh host healthz | cat >&2; kubectl exec web healthz' '[my-ssh, host, healthz]'; do
  rm -rf backups && tree
  echo "health_check: $check" >backstep.yml
  expect 0 run --generate "$(generate_word v1)" --deploy true
  says 'the health check fails already before the deploy (exited with 12'
  answer_says 'the new version, healthy'
  expect 20 run --generate "$(generate_word v2)" --deploy true
  says 'the new files are known bad now'
  is_word v1
done
rm ../bin/my-ssh
expect 2 run --deploy true
says "the health check cannot run: "; says "'my-ssh'"
expect 2 check
