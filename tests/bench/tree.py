# SPDX-License-Identifier: Apache-2.0
"""The trees that are backed up and restored: services with a script of 2 KB each."""

import os
from pathlib import Path

SIZE = 2048
Content = dict[str, tuple[int, bytes]]  # service: mode and bytes


def script(service: str, version: str) -> bytes:
    head = f"#!/bin/sh\nexec {service} --version {version}\n# "
    return (head + (service + version) * SIZE).encode()[:SIZE]


class Tree:
    def __init__(self, root: Path, services: int) -> None:
        self.root = root
        self.names = [f"service_{number:06}" for number in range(services)]

    def path(self, service: str) -> Path:
        return self.root / "services" / service / "entrypoint.sh"

    def make(self) -> None:
        for service in self.names:
            self.path(service).parent.mkdir(parents=True)
        self.change(self.names, "first")
        for service in self.names:
            self.path(service).chmod(0o755)

    def change(self, services: list[str], version: str) -> None:
        for service in services:
            self.path(service).write_bytes(script(service, version))

    def some(self, percent: int) -> list[str]:
        """Spread over the whole tree, at least one."""
        return self.names[:: max(1, len(self.names) * percent // 100 and 100 // percent)]

    def live(self) -> Content:
        return {service: read(str(self.path(service))) for service in self.names}

    def newest_backup(self) -> Content:
        backups = self.root / "backups"
        newest = max(path for path in backups.iterdir() if path.name[0] != ".")
        return {service: read(str(newest / f"{service}_entrypoint.sh")) for service in self.names}


def read(path: str) -> tuple[int, bytes]:
    with open(path, "rb") as file:
        return os.fstat(file.fileno()).st_mode & 0o7777, file.read()
