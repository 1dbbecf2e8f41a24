# SPDX-License-Identifier: Apache-2.0
"""The trees that are backed up and restored: services with a script of one size each."""

import hashlib
import os
import random
import shutil
from pathlib import Path

from harness.files import ENTRYPOINT, SERVICES, entrypoint, stored_name

SMALL = 2048
Content = dict[str, tuple[int, bytes]]  # service: mode and digest


def script(service: str, version: str, size: int) -> bytes:
    head = f"#!/bin/sh\nexec {service} --version {version}\n# ".encode()
    if size > SMALL:  # what compresses to nothing would flatter those that compress
        return head + random.Random(service + version).randbytes(size - len(head))
    return (head + ((service + version) * size).encode())[:size]


class Tree:
    def __init__(self, root: Path, services: int, size: int = SMALL) -> None:
        self.root = root
        self.size = size
        self.names = [f"service_{number:06}" for number in range(services)]

    def path(self, service: str) -> str:
        return f"{self.root}/{entrypoint(service)}"

    def make(self) -> None:
        for service in self.names:
            os.makedirs(os.path.dirname(self.path(service)))
        self.change(self.names, "first")
        for service in self.names:
            os.chmod(self.path(service), 0o755)

    def change(self, services: list[str], version: str) -> None:
        """Written anew in place, the same size: as a generator does."""
        for service in services:
            with open(self.path(service), "wb") as file:
                file.write(script(service, version, self.size))

    def generate(self, version: str) -> None:
        """Into `next`, what a generator would write: few scripts with another content than today's."""
        shutil.copytree(f"{self.root}/{SERVICES}", f"{self.root}/next", dirs_exist_ok=True)
        for service in self.some():
            Path(f"{self.root}/next/{service}/{ENTRYPOINT}").write_bytes(
                script(service, version, self.size))

    def some(self) -> list[str]:
        """One in a hundred, spread over the whole tree; at least one."""
        return self.names[::100]

    def live(self) -> Content:
        return {service: read(self.path(service)) for service in self.names}

    def newest_backup(self) -> Content:
        """Of those that store plain files under the original's names."""
        newest = max(name for name in os.listdir(f"{self.root}/backups") if name[0] != ".")
        return {service: read(f"{self.root}/backups/{newest}/{stored_name(entrypoint(service))}")
                for service in self.names}


def read(path: str) -> tuple[int, bytes]:
    with open(path, "rb") as file:
        digest = hashlib.blake2b(file.read(), digest_size=16).digest()
        return os.fstat(file.fileno()).st_mode & 0o7777, digest
