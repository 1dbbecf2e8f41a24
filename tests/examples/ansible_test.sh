# A release on three hosts, each an sshd of its own: canary, then the rest. Where a later host fails, those that had
# taken the release go back, the failed one went back by itself, and the others never got it.
sshd=$(bash "$CASES/../examples/get_sshd.sh") || { echo "$sshd"; exit 125; }
need ssh-keygen
programs=$(bash "$CASES/../examples/get_ansible.sh") || { echo "$programs"; exit 125; }
cp -R "$CASES/../../examples/ansible" shop
mkdir bin keys && ln -s "$BACKSTEP" bin/backstep
chmod 700 keys
ssh-keygen -q -t ed25519 -N '' -f keys/host && ssh-keygen -q -t ed25519 -N '' -f keys/user
{ printf 'environment="PATH=%s" ' "$PWD/bin:/usr/local/bin:/usr/bin:/bin" && cat keys/user.pub; } >keys/authorized
[ "$(id -u)" != 0 ] || mkdir -p /run/sshd
# The path of a control socket is short, and that of a test may not be.
ANSIBLE_SSH_CONTROL_PATH_DIR=$(mktemp -d)
export ANSIBLE_SSH_CONTROL_PATH_DIR
# start_host NUMBER
start_host() {
  local port=$((22000 + $$ % 900 * 10 + $1))
  mkdir -p "host$1"
  "$sshd" -D -e -f /dev/null -p "$port" -h "$PWD/keys/host" -o ListenAddress=127.0.0.1 -o PidFile=none \
    -o AuthorizedKeysFile="$PWD/keys/authorized" -o StrictModes=no -o UsePAM=no -o PermitUserEnvironment=yes \
    -o PasswordAuthentication=no -o PermitRootLogin=prohibit-password -o Subsystem="sftp internal-sftp" 2>"sshd$1.log" &
  servers="${servers-} $!"
  # shellcheck disable=SC2064 # as it is now
  trap "kill $servers 2>/dev/null; rm -rf '$ANSIBLE_SSH_CONTROL_PATH_DIR'" EXIT
  until_true 20 bash -c "</dev/tcp/127.0.0.1/$port"
  echo "host$1 ansible_host=127.0.0.1 ansible_port=$port app=$PWD/host$1"
}
{
  echo '[app]'
  for host in 1 2 3; do start_host $host >line || exit; cat line; done
  printf '[app:vars]\nansible_user=%s\nansible_ssh_private_key_file=%s\n' "$(id -un)" "$PWD/keys/user"
  echo "ansible_python_interpreter=$(PATH=/usr/bin:/bin:$PATH command -v python3)"
} >inventory.ini
export ANSIBLE_HOST_KEY_CHECKING=False ANSIBLE_HOME=$PWD/ansible ANSIBLE_NOCOLOR=1 ANSIBLE_DISPLAY_OK_HOSTS=yes
export ANSIBLE_SSH_ARGS="-F /dev/null -o ControlMaster=auto -o ControlPersist=60s -o UserKnownHostsFile=$PWD/keys/known"
export ANSIBLE_PIPELINING=True LC_ALL=C.UTF-8
release() {
  PATH=$programs:$PATH shop/deploy.sh "$PWD/inventory.ini" "$2" >out 2>&1
  local status=$?
  [ $status = "$1" ] || fail "release $2 exited with $status, not $1"
}
runs() { holds "host$1/answer" "web $2"; }
all_run() { for host in 1 2 3; do runs $host "$1"; done; }

release 0 v1
all_run v1
release 0 v2
all_run v2
# The canary refuses: the rest never gets it.
echo v3 >host1/refuses
release 1 v3
says 'this host does not start'
all_run v2
[ "$(cat host3/VERSION)" = v2 ] || fail 'the third host got a release that the canary refused'
# A later one refuses: the canary had it live, and goes back.
rm host1/refuses && echo v4 >host2/refuses
release 1 v4
all_run v2
grep -q 'release-v4' host1/backups/.backstep/history.jsonl || fail 'the canary never had it'
# Mended, it goes everywhere.
rm host2/refuses
release 0 v5
all_run v5
