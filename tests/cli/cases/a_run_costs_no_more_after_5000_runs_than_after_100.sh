# No run grows slower with the runs before it: as many system calls and as much processor time after 5,000
# runs as after 100, and each record is opened once to be read.
need python3
need strace
tree
quick_checks
a_run() { "$@" "$BACKSTEP" run --generate "echo '# $RANDOM$RANDOM' >>$(entrypoint)" --deploy true --health-check true >out 2>&1 || fail "a run ended with $?"; }
cat >backstep.yml <<'Y'
retention: {keep_last: 3, keep_within: 0, keep_good: 3}
Y
for _ in 1 2 3 4; do a_run; done
mkdir few many
cp -a services backups backstep.yml few
cp -a services backups backstep.yml many
(cd few && add_past 96 && a_run && a_run) || exit
(cd many && add_past 5000 && a_run && a_run) || exit

calls() { # DIRECTORY
  cd "$1" || exit
  a_run strace -q -o ../trace -e 'trace=!brk,mmap,munmap,mremap,madvise,poll,read'
  cd ..
  wc -l <trace
}
few=$(calls few)
for record in history verdicts; do
  [ "$(grep "$record.jsonl" trace | grep -c 'O_RDONLY')" = 1 ] || fail "$record.jsonl is read more than once: $(grep "$record.jsonl" trace)"
done
many=$(calls many)
[[ $((many - few)) -le 20 && $((few - many)) -le 20 ]] || fail "$few system calls after 100 runs, $many after 5000"

cat >cpu.py <<'P'
import os, resource, statistics, subprocess, sys
def cpu(directory, number):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.argv[1], "run", "--deploy", "true", "--health-check", "true", "--generate",
                    f"echo '# x{number}' >>services/action_service/entrypoint.sh"],
                   cwd=directory, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
pairs = [(cpu("few", n), cpu("many", n)) for n in range(15)]
ratio = statistics.median(many / few for few, many in pairs)
print(f"{1000 * statistics.median(few for few, _ in pairs):.1f} ms after 100 runs, "
      f"{1000 * statistics.median(many for _, many in pairs):.1f} after 5000, ratio {ratio:.2f}")
sys.exit(ratio >= 1.5)
P
python3 cpu.py "$BACKSTEP" >out 2>&1 || python3 cpu.py "$BACKSTEP" >out 2>&1 || fail "processor time grows"
cat out
