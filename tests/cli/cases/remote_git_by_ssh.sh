# By ssh, with the key that the checkout's settings name, as actions/checkout leaves one; and nobody is asked for another.
fresh_project
need ssh
sshd=$(PATH=$PATH:/usr/sbin command -v sshd) || skip 'sshd is not installed here'
ssh-keygen -q -t ed25519 -N '' -f host_key && ssh-keygen -q -t ed25519 -N '' -f key && ssh-keygen -q -t ed25519 -N '' -f other
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
printf '%s\n' "ListenAddress 127.0.0.1" "Port $port" "HostKey $PWD/host_key" "AuthorizedKeysFile $PWD/key.pub" \
  "StrictModes no" "UsePAM no" "PidFile none" "PasswordAuthentication no" "PermitRootLogin yes" >sshd_config
[ "$(id -u)" != 0 ] || mkdir -p /run/sshd
"$sshd" -D -e -f sshd_config 2>sshd.out &
all_started="${all_started-} $!"
# shellcheck disable=SC2064 # the list as it is now
trap "kill -9 $all_started 2>/dev/null; :" EXIT
until_true 20 grep -q 'Server listening' sshd.out
printf '[127.0.0.1]:%s %s\n' "$port" "$(cat host_key.pub)" >known_hosts
on_runner one
git remote set-url origin "ssh://$(id -un)@127.0.0.1:$port$project"
with_key() { git config core.sshCommand "ssh -F none -i $shop/../$1 -o IdentitiesOnly=yes -o IdentityAgent=none -o UserKnownHostsFile=$shop/../known_hosts"; }
with_key other
expect 6 run --deploy 'touch deployed'
says 'Permission denied'
missing deployed
with_key key
expect 0 run --deploy true
says 'Stored in refs/backstep'
[ -n "$(stored_commit)" ] || fail 'nothing was stored'
