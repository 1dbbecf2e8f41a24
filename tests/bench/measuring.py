# SPDX-License-Identifier: Apache-2.0
"""One command, and what it cost."""

import os
import subprocess
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Cost:
    wall: float  # ms
    memory: float  # MiB


def compile_tool(name: str, scratch: Path, *libraries: str) -> str:
    target = scratch / name
    subprocess.run(["c++", "-std=c++20", "-O2", "-static", "-o", str(target),
                    str(HERE / f"{name}.cc"), *libraries], check=True)
    return str(target)


class Measuring:
    def __init__(self, scratch: Path) -> None:
        self.scratch = scratch
        self.program = compile_tool("measure", scratch)

    @cached_property
    def floors(self) -> str:
        return compile_tool("floors", self.scratch, "-lcrypto")

    def run(self, command: list[str], root: Path, environment: dict[str, str],
            expected_status: int = 0) -> Cost:
        os.sync()  # nobody pays for what another one left unwritten
        reader, writer = os.pipe()
        with open(root / "output", "wb") as output, os.fdopen(reader) as answer:
            subprocess.run([self.program, str(writer), *command], cwd=root, env=environment,
                           stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                           pass_fds=[writer], check=True)
            os.close(writer)
            wall, memory, status = answer.read().split()
        if int(status) != expected_status:
            sys.exit(f"{command} exited with {status}:\n{(root / 'output').read_text()[-2000:]}")
        return Cost(int(wall) / 1e6, int(memory) / 1024)
