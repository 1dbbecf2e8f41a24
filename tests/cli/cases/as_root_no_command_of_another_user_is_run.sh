# Settings of somebody else choose no command for root; and those that everybody may write to, for nobody.
[ "$(id -u)" = 0 ] || skip "only root can be asked to run another user's commands"
tree
printf 'generate: touch ran\ndeploy: touch ran\nhealth_check: touch ran\n' >backstep.yml
chown -R 65534:65534 .
before=$(snapshot)
refused() {
  local word
  for verb in run begin guard check rollback; do
    expect 2 $verb
    for word in "$@"; do says "$word"; done
    missing ran
  done
  [ "$(snapshot)" = "$before" ] || fail "something changed"
}
mkdir -p backups && chown 65534 backups
refused "no command of 'backstep.yml' is run" "BACKSTEP_TRUST_OWNER=65534"
expect 0 status
says "no command of 'backstep.yml' is run"
# Files need no command.
expect 0 backup
echo x >>"$(entrypoint)"
expect 0 rollback --files-only
is_old
missing ran

SUDO_UID=1 BACKSTEP_TRUST_OWNER=1 expect 2 check
SUDO_UID=65534 expect 0 check
exists ran
rm ran
BACKSTEP_TRUST_OWNER=65534 expect 0 check
# The checkout of a CI system is the runner's, whom the image trusts.
rm ran
BACKSTEP_TRUST_OWNER=checkout expect 2 check
BACKSTEP_TRUST_OWNER=checkout GITHUB_WORKSPACE=$PWD expect 0 check
chmod 666 backstep.yml
BACKSTEP_TRUST_OWNER=checkout GITHUB_WORKSPACE=$PWD expect 0 check
rm ran

# So are root's own files in it: a step before this one has made them.
chown 0:0 backstep.yml
chmod 644 backstep.yml
export BACKSTEP_TRUST_OWNER=checkout GITHUB_WORKSPACE=$PWD
expect 0 check
expect 0 begin
expect 20 finish --status failure
exists ran
unset BACKSTEP_TRUST_OWNER GITHUB_WORKSPACE
rm ran
chmod 666 backstep.yml

before=$(snapshot)
BACKSTEP_TRUST_OWNER=0 refused "everybody may write to it"
become_nobody
before=$(snapshot)
refused "everybody may write to it"
# Where a team's umask is 002, its group may.
chmod 664 backstep.yml
expect 0 run
expect 0 status
says "its group may write to backstep.yml"
