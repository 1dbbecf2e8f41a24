# SPDX-License-Identifier: Apache-2.0
"""A directory on a tmpfs: thousands of workspaces are made and thrown away, and no fsync waits."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

SHARED_MEMORY = Path("/dev/shm")
PRIVATE_MOUNT = "BACKSTEP_CRASH_TMPFS"
ENOUGH = 48 << 20


def is_tmpfs(place: Path) -> bool:
    with open("/proc/self/mountinfo", encoding="utf-8") as mounts:
        for line in mounts:
            left, _, right = line.partition(" - ")
            if left.split()[4] == str(place) and right.split()[0] == "tmpfs":
                return True
    return False


def is_usable(place: Path, to_execute: bool) -> bool:
    """Docker mounts a container's /dev/shm so that nothing in it can be executed."""
    return (is_tmpfs(place) and os.access(place, os.W_OK)
            and not (to_execute and os.statvfs(place).f_flag & os.ST_NOEXEC)
            and shutil.disk_usage(place).free >= ENOUGH)


def can_mount_privately() -> bool:
    command = "mount -t tmpfs none /mnt"
    return subprocess.run(["unshare", "--mount", "sh", "-ec", command], check=False,
                          stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0


def start_again_on_private_tmpfs() -> None:
    """This very call once more, in a mount namespace of its own. Returns only if it cannot."""
    if shutil.which("unshare") is None or not can_mount_privately():
        return
    place = tempfile.mkdtemp(prefix="backstep-crash-")
    script = (f'mount -t tmpfs -o size=1g none "{place}"; {PRIVATE_MOUNT}="{place}" "$@"; '
              f'status=$?; umount --recursive --lazy "{place}"; rmdir "{place}"; exit $status')
    os.execvp("unshare", ["unshare", "--mount", "sh", "-c", script, "sh", sys.executable, *sys.argv])


def mounts_are_private() -> bool:
    """What is mounted then goes with this program, whatever happens. It may start once more for it;
    False: that is not permitted here."""
    if PRIVATE_MOUNT not in os.environ:
        start_again_on_private_tmpfs()
    return PRIVATE_MOUNT in os.environ


def find_tmpfs(*, to_execute: bool = False) -> Path | None:
    private = os.environ.get(PRIVATE_MOUNT)
    if private:
        return Path(private)
    if is_usable(SHARED_MEMORY, to_execute):
        return SHARED_MEMORY
    start_again_on_private_tmpfs()
    return None
