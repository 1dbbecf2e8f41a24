# `services_dir` became `apps`, and the tree was moved with it: no version of before is comparable. Nothing
# beneath `services` is made, nothing beneath `apps` is removed.
tree
run_version 0 v1
run_version 0 v2
mv services apps
quick_checks
expect 20 run --services-dir apps --deploy true --check-baseline false --health-check "$not_v3" \
  --generate 'for f in apps/*/entrypoint.sh; do printf "#!/bin/sh\necho v3\n" >"$f"; done'
went_back_to "$(own_backup)"
missing services
holds apps/action_service/entrypoint.sh "echo v2"
holds apps/typesense_client_service/entrypoint.sh "echo v2"
grep -qiE "comparable|nothing (is )?shared|no known good" out || fail "it does not say that no known good version is comparable"
