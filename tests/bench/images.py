# SPDX-License-Identifier: Apache-2.0
"""A file system that is made anew for each contender of each round: where many files were deleted, ext4
makes the next ones several times slower, whoever makes them. And the neighbour of a contended disk."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from harness.disks import command

# With its journal, and all of it written before anybody is measured.
MAKE = ("mkfs.ext4", "-q", "-F", "-i", "4096", "-E",
        "nodiscard,lazy_itable_init=0,lazy_journal_init=0")
MEBIBYTE = 1 << 20
LONGEST = "300"  # seconds; the neighbour ends by itself too


class Image:
    def __init__(self, scratch: Path, size: int) -> None:
        self.scratch = scratch
        self.root = scratch / "mounted"
        self.root.mkdir(exist_ok=True)
        self.file = scratch / "image"
        with open(self.file, "wb") as image:  # its blocks are found once, not while somebody is measured
            for _ in range(size // MEBIBYTE):
                image.write(bytes(MEBIBYTE))
            image.flush()
            os.fsync(image.fileno())
        self.trouble = self.mount()
        if not self.trouble:
            command("umount", str(self.root))

    def mount(self) -> str:
        return command(*MAKE, str(self.file)) or \
            command("mount", "-o", "loop", str(self.file), str(self.root))

    @contextmanager
    def fresh(self) -> Iterator[Path]:
        """The root of it. A plain folder where `trouble` says why there is no such file system."""
        if self.trouble:
            with tempfile.TemporaryDirectory(dir=self.scratch) as folder:
                yield Path(folder)
            return
        if trouble := self.mount():
            sys.exit(trouble)
        try:
            yield self.root
        finally:
            if trouble := command("umount", str(self.root)):
                sys.exit(trouble)

    def remove(self) -> None:
        self.file.unlink()
        shutil.rmtree(self.root)


@contextmanager
def neighbour(floors: str, root: Path, wanted: bool) -> Iterator[None]:
    """Writes 1 MB and makes it durable, over and over."""
    if not wanted:
        yield
        return
    process = subprocess.Popen([floors, "disturb", str(root / "neighbour"), LONGEST])
    try:
        yield
    finally:
        process.kill()
        process.wait()
