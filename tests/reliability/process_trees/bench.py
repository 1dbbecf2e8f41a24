# SPDX-License-Identifier: Apache-2.0
"""The sites that the cases run at, and those who must survive all of them."""

import shutil
import subprocess
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from typing import Protocol, TypeVar

from places import Place, Site
from tagged import kill_tagged, lives, new_tag


class Judged(Protocol):
    violations: list[str]


class Placed(Protocol):
    @property
    def place(self) -> Place: ...


Case = TypeVar("Case", bound=Placed)
Verdict = TypeVar("Verdict", bound=Judged)


class Bench:
    """Two sites in each place, the decoys in them, and a process of ours that has nothing to do
    with any of it."""

    def __init__(self, scratch: Path, binary: str, places: list[Place], jobs: int) -> None:
        self.binary = str(scratch / "backstep")
        shutil.copy(binary, self.binary)  # where any user may read it
        scratch.chmod(0o755)
        self.decoy_tag = new_tag()
        self.idle: dict[str, SimpleQueue[Site]] = {}
        for place in places:
            self.idle[place.name] = SimpleQueue()
            for job in range(jobs):
                root = scratch / f"{place.name.replace(' ', '-').replace(',', '')}-{job}"
                self.idle[place.name].put(Site(root, place, self.binary, self.decoy_tag))
        self.sibling = subprocess.Popen(["sleep", "1000"], start_new_session=True)

    def work(self, case: Case, attempt: Callable[[Site, Case], Verdict]) -> Verdict:
        """At a site that is free; nothing but the tree of the case may be touched there."""
        site = self.idle[case.place.name].get()
        try:
            verdict = attempt(site, case)
            self.check_others(site, verdict)
            return verdict
        finally:
            self.idle[case.place.name].put(site)

    def check_others(self, site: Site, verdict: Judged) -> None:
        if not site.place.is_process_1 and not site.has_decoy():
            verdict.violations.append("the daemon of an earlier deploy was ended")
            site.deploy_decoy()
        if not lives(self.sibling.pid):
            verdict.violations.append("a process that nobody knows was ended")

    def close(self) -> None:
        self.sibling.kill()
        self.sibling.wait()
        kill_tagged(self.decoy_tag, self.binary)


def judge_all(scratch: Path, binary: str, jobs: int, places: list[Place], cases: list[Case],
              attempt: Callable[[Site, Case], Verdict]) -> list[Verdict]:
    """Side by side."""
    bench = Bench(scratch, binary, places, jobs)
    try:
        with ThreadPoolExecutor(jobs) as pool:
            return list(pool.map(lambda case: bench.work(case, attempt), cases))
    finally:
        bench.close()
