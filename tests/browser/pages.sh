# What the cases of the browser have in common: sourced after cli/lib.sh. Each function makes one page by a real run.
looks_well() { python3 "$CASES/../browser/look.py" "$TMPDIR/axe.js" "$@" >out 2>&1 || fail "a page is not as it should be"; }

# A person, a commit and a run's page, as a pipeline tells them.
by_a_pipeline() {
  export GITHUB_ACTIONS=true GITHUB_SHA=0123456789abcdef0123 GITHUB_RUN_ID=7 GITHUB_ACTOR=${1-alice}
  export GITHUB_SERVER_URL=https://ci.example GITHUB_REPOSITORY=shop/web
}
good_page() { a_good_v1; expect 0 run --generate "$(generate_word v1); echo '# more' >>$(entrypoint)" --deploy true --health-check "$says_v1" --report good.html; }
rolled_back_page() { # with the cause, a diagnosis and a diff
  a_good_v1
  expect 20 run --generate "$(generate_word v2)" --deploy true --health-check "$says_v1 || { echo '502 Bad Gateway'; exit 1; }" \
    --diagnose 'echo "web | database at db:5432 has no table orders"' --report rolled_back.html
}
rollback_failed_page() {
  a_good_v1
  expect 22 run --generate "$(generate_word v2)" --deploy true --health-check "$says_v1" --rollback-command 'echo shipit: not found; exit 127' --report rollback_failed.html
}
hostile_page() {
  tree web
  by_a_pipeline '"><script>alert(1)</script>'
  name='<img src=http:x onerror=alert(2)>'
  mkdir conf
  echo old >"conf/$name"
  quick_checks
  long=$(printf '%0500d' 0)
  expect 20 run --files 'conf/*' --generate "$(generate_word v2); echo '</pre><script src=//evil.example/x.js></script>$long' >'conf/$name'" --deploy true \
    --health-check "grep -q old services/web/entrypoint.sh || { echo '</pre><iframe src=//evil.example></iframe><b onclick=alert(3)>$long'; exit 1; }" \
    --diagnose "echo '<style>@import url(//evil.example/x.css)</style><base href=//evil.example>'" --report hostile.html
}
crowded_page() { # 300 changed services, one of which is unhealthy
  # shellcheck disable=SC2046 # a list of names
  tree $(seq -f 'a_service_with_a_name_that_is_rather_long_%g' 300)
  quick_checks
  expect 20 run --generate "$(generate_word v2)" --deploy true --health-check 'grep -q old services/*_300/entrypoint.sh' --report crowded.html
}
