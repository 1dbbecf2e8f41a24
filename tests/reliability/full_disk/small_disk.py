# SPDX-License-Identifier: Apache-2.0
"""A workspace on a disk of a few KiB: a tmpfs, mounted where nobody else sees it."""

import os
import subprocess
from pathlib import Path

from harness import tree
from harness.files import Files, entrypoint, script
from harness.running import Ended, run

PAGE = 4096
PLENTY = 1 << 20
TAKEN = "taken"

OLD: Files = {
    entrypoint("action_service"): script("old action", 0o755, 300),
    entrypoint("central_service"): script("old central", 0o750, 9_000),
    "compose.yml": script("old compose", 0o640, 5_000),
}
NEW: Files = {
    entrypoint("action_service"): script("new action", 0o755, 310),
    entrypoint("added_service"): script("new added", 0o755, 4_500),
    entrypoint("central_service"): script("new central", 0o755, 8_500),
    "compose.yml": script("new compose", 0o644, 6_000),
}


class SmallDisk:
    """Mounted at `place`; unmounted at the end of the block."""

    def __init__(self, place: Path, size: int) -> None:
        self.place = place
        self.size = size

    def __enter__(self) -> "SmallDisk":
        self.place.mkdir(parents=True, exist_ok=True)
        # size=0 would be a disk without a limit.
        self._mount("-t", "tmpfs", "-o", f"size={max(self.size, PAGE)},mode=755", "tmpfs")
        return self

    def __exit__(self, *_: object) -> None:
        subprocess.run(["umount", "-l", self.place], check=True)

    def grow(self) -> None:
        self._mount("-o", f"remount,size={PLENTY}")

    def leave_free(self, free: int) -> None:
        """All but `free` bytes are taken, by a file of its own."""
        at = os.statvfs(self.place)
        with open(self.place / TAKEN, "wb") as file:
            file.write(b"x" * max(0, at.f_bavail * at.f_frsize - free))

    def _mount(self, *arguments: str) -> None:
        subprocess.run(["mount", *arguments, self.place], check=True)


class Tree(tree.Tree):
    """The next version lies beside it, on a disk that is large enough; the store may do so too."""

    aside = tree.Tree.aside | {TAKEN}

    def __init__(self, root: Path, fresh: Path, store: Path, binary: str) -> None:
        super().__init__(root, store)
        self.fresh = fresh
        self.binary = binary
        self.ended = Ended(0, "")

    def make(self) -> None:
        self.write(OLD)
        (self.root / "services/added_service").mkdir(exist_ok=True)
        generator = self.write_generator(self.fresh, NEW)
        (self.fresh / "generate.sh").write_text(generator)

    def call(self, *arguments: str) -> int:
        """The output goes to a pipe: no disk is needed for it."""
        self.ended = run([self.binary, *arguments], self.root,
                         {"BACKSTEP_FILES": "compose.yml", "BACKSTEP_BACKUPS_DIR": str(self.store)})
        return self.ended.status

    def run(self, deploy: str) -> int:
        return self.call("run", "--generate", f"sh {self.fresh}/generate.sh", "--deploy", deploy,
                         "--rollback-command", "true", "--health-check", "true")

    def generate(self) -> None:
        subprocess.run(["sh", self.fresh / "generate.sh"], cwd=self.root, check=True)

    def has_journal(self) -> bool:
        return self.journal() is not None
