# SPDX-License-Identifier: Apache-2.0
"""Attempts side by side: a process for each processor, which stays on it with all that it starts, and
has a workspace of its own."""

import multiprocessing
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from calls import Programs
from workspace import Workspace

Task = TypeVar("Task")
Answer = TypeVar("Answer")
Work = Callable[[Workspace, Task], Answer]

_workspace: Workspace
_work: Callable[[Workspace, object], object]


def processors() -> list[int]:
    return sorted(os.sched_getaffinity(0))


def _start(numbers: "multiprocessing.Queue[int]", scratch: Path, workload: str,
           work: Callable[[Workspace, object], object]) -> None:
    global _workspace, _work
    number = numbers.get()
    here = processors()
    os.sched_setaffinity(0, {here[number % len(here)]})
    _workspace = Workspace(scratch / f"job{number}" / "workspace", workload)
    _work = work


def _do(task: object) -> object:
    return _work(_workspace, task)


def side_by_side(work: Work[Task, Answer], tasks: list[Task], scratch: Path, programs: Programs,
                 jobs: int) -> Iterator[Answer]:
    """The answers as they come. `work` and what it knows are inherited by fork; only the tasks and
    the answers are sent."""
    context = multiprocessing.get_context("fork")
    numbers = context.Queue()
    for number in range(jobs):
        numbers.put(number)
    with context.Pool(jobs, _start, (numbers, scratch, programs.workload, work)) as pool:
        yield from pool.imap_unordered(_do, tasks, chunksize=4)


def keep(workspace: Workspace, scratch: Path, name: str) -> None:
    target = tempfile.mkdtemp(prefix=f"kept-{name}-", dir=scratch)
    shutil.copytree(workspace.root, target, dirs_exist_ok=True, symlinks=True)
