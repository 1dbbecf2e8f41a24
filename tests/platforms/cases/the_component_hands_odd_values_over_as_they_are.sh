# Inputs of the component are pasted as text: quotes, dollars, colons and hashes reach the command as
# they are, empty ones are unset, and a second line is refused before it can become YAML.
. "$CASES/../platforms/lib.sh"
printf 'include:\n  - component: $CI_SERVER_FQDN/OWNER/backstep/backstep@1\n    inputs:\n      image: %s\n      backstep_image: %s\n      deploy: |-\n        %s\n' \
  "$BASE_IMAGE" "$IMAGE" 'printf "%s\n" "a: $CI_JOB_NAME" '\''"b" $HOME'\'' "c\\d" [e] >said # f: g' >ci.yml
gitlab_job success ci.yml backstep:binary
gitlab_job success ci.yml backstep
[ "$(cat gitlab/said)" = 'a: backstep
"b" $HOME
c\d
[e]' ] || fail "the command said: $(cat gitlab/said)"
says_not 'health check:'

sed -i 's/# f: g/\n        second/' ci.yml
python3 "$platforms/gitlab_job.py" ci.yml backstep --source source --project gitlab --store store --templates "$root/templates" >out 2>&1 && fail 'a second line is not refused'
says '`deploy` input: provided value does not match required RegEx pattern'
