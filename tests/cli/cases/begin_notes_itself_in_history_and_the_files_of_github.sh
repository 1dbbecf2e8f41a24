# `begin` notes itself in history and, where they exist, GITHUB_STATE and GITHUB_ENV.
tree
echo "OTHER=1" >env.txt
: >state
GITHUB_ENV=$PWD/env.txt GITHUB_STATE=$PWD/state expect 0 begin
[ "$(cat env.txt)" = "$(printf 'OTHER=1\nBACKSTEP_BEGUN=%s\nBACKSTEP_BEGUN_IN=%s' "$(open_run)" "$(realpath .)")" ] || fail "GITHUB_ENV: $(cat env.txt)"
[ "$(cat state)" = "begun=$(open_run)" ] || fail "GITHUB_STATE: $(cat state)"
recorded begun
expect 0 finish --status success
GITHUB_ENV=$PWD/nowhere/env expect 0 begin
says "GITHUB_ENV was not written"
