# SPDX-License-Identifier: Apache-2.0
"""What lies at a path, and sets of files by path.

Nothing here asks the program under test: files are read with plain system calls, so a mistake of
the program is not made twice.
"""

import errno
import hashlib
import os
import shutil
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

SERVICES = "services"
ENTRYPOINT = "entrypoint.sh"


class Entry(NamedTuple):
    """A plain file, or what somebody has put in its place."""

    kind: str  # file, link, directory, other
    mode: int = 0  # of a file
    content: bytes = b""  # of a link: where it leads; of a directory: the names in it

    @property
    def executable(self) -> bool:
        return self.mode & 0o100 != 0

    @property
    def sha256(self) -> str:
        return sha256_of(self.content)

    def __str__(self) -> str:
        return f"{self.kind} {self.mode:04o}, {len(self.content)} bytes, {self.content[:40]!r}"


Files = dict[str, Entry]  # by path from the root of a tree


def sha256_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def entrypoint(service: str) -> str:
    return f"{SERVICES}/{service}/{ENTRYPOINT}"


def service_of(path: str) -> str:
    """"" for a file that belongs to no service."""
    return path.split("/")[1] if path.startswith(f"{SERVICES}/") else ""


def stored_name(path: str) -> str:
    """Where a set keeps the file."""
    return f"{service_of(path)}_{ENTRYPOINT}" if service_of(path) else f"_files/{path}"


def script(words: str, mode: int = 0o755, size: int = 0) -> Entry:
    """It prints the words. A comment makes it at least `size` bytes long."""
    text = f"#!/bin/sh\necho {words}\n".encode()
    if size > len(text):
        text = (text + b"# ").ljust(size, words[0].encode())
    return Entry("file", mode, text)


def entry_at(path: Path | str) -> Entry | None:
    """Mode and content are of the same file, also while somebody renames another into its place."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        if error.errno != errno.ELOOP:
            raise
        return Entry("link", 0, os.readlink(path).encode())
    mode = os.fstat(descriptor).st_mode
    if stat.S_ISREG(mode):
        with os.fdopen(descriptor, "rb") as file:
            return Entry("file", stat.S_IMODE(mode), file.read())
    try:
        if stat.S_ISDIR(mode):
            return Entry("directory", 0, " ".join(sorted(os.listdir(descriptor))).encode())
        return Entry("other")
    finally:
        os.close(descriptor)


def read_files(root: Path | str) -> Files:
    """All beneath `root` but the directories, by path from there."""
    root = str(root)
    files: Files = {}
    for directory, _, names in os.walk(root):
        for name in names:
            path = f"{directory}/{name}"
            entry = entry_at(path)
            if entry is not None:
                files[path[len(root) + 1:]] = entry
    return files


def write_files(root: Path | str, files: Files) -> None:
    for path, entry in files.items():
        target = f"{root}/{path}"
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(target, "wb") as file:
            file.write(entry.content)
            os.fchmod(file.fileno(), entry.mode)


def remove(path: Path) -> None:
    """Whatever lies there, if anything does."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def put(root: Path, path: str, entry: Entry | None) -> None:
    """As an editor or a checkout does: a new inode in place of whatever lay there."""
    target = root / path
    remove(target)
    if entry is None:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    if entry.kind == "file":
        write_files(root, {path: entry})
    elif entry.kind == "link":
        target.symlink_to(entry.content.decode())
    else:
        target.mkdir()
        (target / "inner").write_bytes(b"inner")  # an empty one would be in nobody's way


def digest_of(files: Mapping[str, Entry]) -> str:
    """The name of a version: SHA-256 over the sorted (path, executable bit, SHA-256)."""
    total = hashlib.sha256()
    for path in sorted(files, key=str.encode):
        kind = "x" if files[path].executable else "-"
        total.update(f"{path}\0{kind}\0{files[path].sha256}\n".encode())
    return total.hexdigest()


def differences(what: str, found: Files, wanted: Files) -> list[str]:
    """In words, a line for each path; none where the two are the same."""
    return [f"{what}: {path} is {found.get(path, 'missing')}, not {wanted.get(path, 'missing')}"
            for path in sorted(found.keys() | wanted.keys()) if found.get(path) != wanted.get(path)]
