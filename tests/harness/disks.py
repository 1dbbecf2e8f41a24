# SPDX-License-Identifier: Apache-2.0
"""A file system in an image, whose power can be cut: the kernel's shutdown call stops it where it
is, and mounting it again shows what a disk would hold. It stands in for dm-log-writes, which needs a
device mapper. What it does not model is a disk that lies about its cache."""

import ctypes
import fcntl
import os
import struct
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

SIZE = 64 << 20
XFS_SIZE = 320 << 20  # mkfs.xfs refuses less than 300 MiB
PATIENCE = 20.0
SHUTDOWN = 0x8004587D  # EXT4_IOC_SHUTDOWN, XFS_IOC_GOINGDOWN
LIBC = ctypes.CDLL(None, use_errno=True)  # for syncfs, which Python does not have


class NoDisk(Exception):
    """Why no such disk can be had here."""


@dataclass(frozen=True)
class Kind:
    name: str
    make: tuple[str, ...]
    options: str
    flag: int  # of the shutdown: 1 writes the file system's log and no data, 2 nothing more at all
    size: int = SIZE


EXT4 = Kind("ext4, nothing more written", ("mkfs.ext4", "-q", "-F"), "loop", 2)
# ext4 flushes a file that is renamed over another by itself, which hides a missing fsync.
EXT4_STRICT = Kind("ext4 noauto_da_alloc, log written", ("mkfs.ext4", "-q", "-F"),
                   "loop,noauto_da_alloc", 1)
XFS = Kind("XFS, log written", ("mkfs.xfs", "-q", "-f"), "loop", 1, XFS_SIZE)


def command(*words: str) -> str:
    """What it complained of; empty when it worked."""
    try:
        ended = subprocess.run(words, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return f"{words[0]} is not installed here"
    return "" if ended.returncode == 0 else (ended.stderr.strip() or f"{words[0]} failed")


class Disk:
    def __init__(self, kind: Kind, directory: Path) -> None:
        self.kind = kind
        self.image = directory / "disk.img"
        self.root = directory / "mounted"
        self.root.mkdir(parents=True, exist_ok=True)
        with open(self.image, "wb") as image:
            image.truncate(kind.size)
        for words in ((*kind.make, str(self.image)), self.mount_words()):
            trouble = command(*words)
            if trouble:
                raise NoDisk(trouble)

    def mount_words(self) -> tuple[str, ...]:
        return ("mount", "-o", self.kind.options, str(self.image), str(self.root))

    def settle(self) -> None:
        """What lies there now is what lay there before: on the disk. No other disk is synced: another
        worker's run may be amid what its cut is to lose."""
        descriptor = os.open(self.root, os.O_RDONLY)
        failed = LIBC.syncfs(descriptor) != 0
        os.close(descriptor)
        if failed:
            raise OSError(ctypes.get_errno(), f"syncfs {self.root}")

    def cut(self) -> str:
        """For the injector."""
        return f"power-cut={self.root}:{self.kind.flag}"

    def cut_now(self) -> None:
        descriptor = os.open(self.root, os.O_RDONLY)
        fcntl.ioctl(descriptor, SHUTDOWN, struct.pack("I", self.kind.flag))
        os.close(descriptor)

    def power_on(self) -> None:
        """Again, from what the disk holds. Whoever worked on it is dying, and must be gone."""
        os.chdir("/")
        deadline = time.monotonic() + PATIENCE
        while trouble := command("umount", str(self.root)):
            if time.monotonic() > deadline:
                raise NoDisk(trouble)
            time.sleep(0.001)
        trouble = command(*self.mount_words())
        if trouble:
            raise NoDisk(f"after the cut: {trouble}")

    def remove(self) -> None:
        os.chdir("/")
        command("umount", str(self.root))
        self.image.unlink(missing_ok=True)
