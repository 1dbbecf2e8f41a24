# What we hold of the environment would be in it. The commands that we start keep the caller's limits.
need python3
cat >crash.py <<'END'
import os, resource, signal, sys, time
def dumped(command, ready):
    """Whether the kernel says that it dumped the core of a process that a crash ends."""
    child = os.fork()
    if child == 0:
        resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))
        os.execvp(command[0], command)
    until = time.monotonic() + 20
    while not os.path.exists(ready):
        if time.monotonic() > until or os.waitpid(child, os.WNOHANG)[0]:
            sys.exit(f"{command} did not come so far")
        time.sleep(0.01)
    os.kill(child, signal.SIGSEGV)
    status = os.waitpid(child, 0)[1]
    assert os.WIFSIGNALED(status), status
    return os.WCOREDUMP(status)
hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
if not dumped(["sh", "-c", "touch ready; exec tail -f /dev/null"], "ready"):
    sys.exit(125)
sys.exit(dumped(sys.argv[1:], "reached"))
END
tree
python3 crash.py "$BACKSTEP" run --deploy "ulimit -c >limit; cat /proc/self/environ >own; $(hang reached)" >out 2>&1
status=$?
[ $status != 125 ] || skip 'nothing leaves a core here'
[ $status = 0 ] || fail 'a core was left'
nobody_is_at_work
[ "$(cat limit)" = "$(ulimit -H -c)" ] || fail "the command's limit is $(cat limit)"

# As a user whose processes are looked at by name: nothing of ours is in the way of ourselves.
rm -rf backups own reached
become_nobody
expect 0 recover
expect 0 run --deploy 'cat /proc/self/environ >own'
holds own PATH=
