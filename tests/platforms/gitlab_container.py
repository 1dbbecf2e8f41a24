# SPDX-License-Identifier: Apache-2.0
"""Runs a job's script as GitLab's docker executor does: a shell is found in the image, and what it
shall do comes by its standard input. One container a shell: script, then after_script."""
import shlex
import subprocess
import time
import uuid

PROJECT = "/builds/group/project"
ORIGIN = PROJECT + ".git"  # where GitLab itself has the repository
SHELLS = ["/usr/local/bin/bash", "/usr/bin/bash", "/bin/bash", "/usr/local/bin/sh", "/usr/bin/sh",
          "/bin/sh", "/busybox/sh"]
FIND_SHELL = ("if " + "elif ".join(f"[ -x {shell} ]; then\n\texec {shell} \n" for shell in SHELLS)
              + "else\n\techo shell not found\n\texit 1\nfi\n\n")
# What a cancel sends into the container: TERM to everything but process 1, the youngest first.
SEND_TERM = """PROCS=$(cd /proc && ls -rvd [0-9]*) &&
for P in $PROCS; do
  if [ $$ -ne $P ] && [ $P -ne 1 ]; then
    kill -TERM $P 2>/dev/null && ATTEMPTS=6 &&
    while [ -e /proc/$P ] && [ $ATTEMPTS -gt 0 ]; do sleep 1 && ATTEMPTS=$((ATTEMPTS-1)); done
  fi
done
"""
CANCEL_LIMIT = 10


def script_of(lines, variables):
    """The shell's standard input. The job's own lines get none: theirs is the pipe's empty end."""
    exports = [f"export {name}={shlex.quote(value)}" for name, value in variables.items()]
    shown = [step for line in lines for step in (f"echo {shlex.quote('$ ' + line)}", line)]
    body = "\n".join([*exports, f"cd {PROJECT}", *shown]) + "\n"
    return ("trap exit 1 TERM\n\n"
            "if set -o | grep pipefail > /dev/null; then set -o pipefail; fi; set -o errexit\n"
            f"set +o noclobber\n: | eval {shlex.quote(body)}\nexit 0\n")


def docker_command(image, project, origin, name, variables):
    image = {"name": image} if isinstance(image, str) else image
    words = ["docker", "run", "--rm", "-i", "--name", name, "-v", f"{project}:{PROJECT}", "-v", f"{origin}:{ORIGIN}"]
    for variable in variables:
        words += ["-e", variable]
    entrypoint = image.get("entrypoint")
    if entrypoint:
        words += ["--entrypoint", entrypoint[0]]
    return [*words, image["name"], *(entrypoint or [])[1:], "sh", "-c", FIND_SHELL]


def cancel(name, process):
    try:
        subprocess.run(["docker", "exec", name, "sh", "-c", SEND_TERM], check=False,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=CANCEL_LIMIT)
    except subprocess.TimeoutExpired:
        pass  # the runner goes on after that time too
    if process.poll() is None:
        subprocess.run(["docker", "stop", name], check=False, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)
    process.wait()


def run(job_image, project, origin, lines, variables, environment, cancellation):
    """The exit code, and whether the job was cancelled."""
    name = f"runner-{uuid.uuid4().hex[:12]}"
    words = docker_command(job_image, project, origin, name, variables)
    with subprocess.Popen(words, stdin=subprocess.PIPE, text=True,
                          env={**environment, **variables}) as process:
        process.stdin.write(script_of(lines, variables))
        process.stdin.close()
        while process.poll() is None:
            if cancellation and cancellation.is_new():
                cancel(name, process)
                return process.returncode, True
            time.sleep(0.02)
    return process.returncode, False
