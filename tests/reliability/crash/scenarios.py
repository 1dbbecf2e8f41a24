# SPDX-License-Identifier: Apache-2.0
"""The stories in which the program is killed, and which set each must end with."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NoReturn

from calls import Injection, Point, Programs, run, run_injected, trace_calls
from harness import recovery
from workspace import Workspace

Journal = recovery.Journal | None
Prepare = Callable[[Workspace, Programs], None]


class CannotPrepare(Exception):
    pass


def fail(what: str) -> NoReturn:
    raise CannotPrepare(what)


def nothing(_workspace: Workspace, _programs: Programs) -> None:
    """A first run: no store, no backup."""


def always_old(_journal: Journal, _history: list[str]) -> str:
    return "old"


def always_new(_journal: Journal, _history: list[str]) -> str:
    return "new"


@dataclass(frozen=True)
class Scenario:
    name: str
    services: int
    arguments: list[str]
    normal_exit: int  # of the call when nobody kills it
    prepare: Prepare = nothing
    # Which set is live once everything is settled, by what the kill left behind.
    settled: Callable[[Journal, list[str]], str] = always_old
    initial: str = "old"  # the set that is live before anything is prepared
    healthy: str = "old"  # what the check looks for in an entrypoint
    rollback_exit: int = 0
    deploy_exit: int = 0  # 75: past its point of no return
    paid_exit: int = 20  # of a `recover` that runs the rollback command
    prunes: bool = False
    repaired: bool = False  # somebody puts the old set back by hand before `recover` is called
    left_open: bool = False  # the call ends with its journal in place
    # What lies in `backups/`: the sets that the call and its preparation may have published there.
    backups: list[str] = field(default_factory=lambda: ["old"])

    def __str__(self) -> str:
        return f"{self.name}, {self.services} {'service' if self.services == 1 else 'services'}"

    def reset(self, workspace: Workspace, programs: Programs) -> None:
        workspace.reset(self.services, self.initial, self.healthy, self.rollback_exit,
                        self.deploy_exit)
        self.prepare(workspace, programs)


# Whether a file is older than the kernel's tick, and so known without reading, is a matter of
# microseconds here, and no two runs would make the same calls.
READ_ALL = "--checksum"
LOOKS_AT_NO_FILE = {"prune", "import", "export", "verify"}  # of the tree


def reading_all(arguments: Sequence[str]) -> list[str]:
    return [*arguments] if arguments[0] in LOOKS_AT_NO_FILE else [*arguments, READ_ALL]


def call(workspace: Workspace, programs: Programs, *arguments: str, status: int = 0) -> None:
    ended = run([programs.binary, *reading_all(arguments)], workspace.root)
    if ended.status != status:
        fail(f"'{' '.join(arguments)}' exited with {ended.status}: {ended.said}")


def back_up_first(workspace: Workspace, programs: Programs) -> None:
    """So that the run links what it stores to an earlier copy, and has something to prune."""
    call(workspace, programs, "backup")


def after_many_runs(workspace: Workspace, programs: Programs) -> None:
    """So that the run cuts the records when it has succeeded."""
    back_up_first(workspace, programs)
    workspace.write_past(runs=250)


def store_once(workspace: Workspace, programs: Programs) -> None:
    """So that the run fetches something, and puts its own end in the place of that."""
    back_up_first(workspace, programs)
    workspace.write_past(runs=5)
    workspace.set_remote()
    back_up_first(workspace, programs)


def generate(workspace: Workspace, programs: Programs) -> None:
    run([programs.workload, "generate"], workspace.root)


def back_up_and_change(workspace: Workspace, programs: Programs) -> None:
    back_up_first(workspace, programs)
    generate(workspace, programs)


def begin_and_change(workspace: Workspace, programs: Programs) -> None:
    call(workspace, programs, "begin")
    generate(workspace, programs)


def back_up_twice(workspace: Workspace, programs: Programs) -> None:
    back_up_and_change(workspace, programs)
    call(workspace, programs, "backup")
    call(workspace, programs, "backup")


# Where a run is killed so that another call finds it open: when the n-th record after the first is
# in its journal (the last one ends it), or at the second rename of a tracked file.
def nth_record(number: int) -> Callable[[list[Point]], Point]:
    def find(points: list[Point]) -> Point:
        return [each for each in points if each.call == "fdatasync"][number]
    return find


GENERATED, DEPLOYED, ACCEPTED = nth_record(0), nth_record(2), nth_record(-2)


def second_restored_file(points: list[Point]) -> Point:
    """One file is old again, the others are still new."""
    return [each for each in points if each.call == "renameat"
            and "entrypoint" in each.subject and each.subject.endswith(".backstep-new")][-1]


def crashed_run(where: Callable[[list[Point]], Point]) -> Prepare:
    """A run that was killed; `where` finds the point in the trace of a whole run."""
    found: dict[tuple[str, int], Point] = {}
    again = ["run", READ_ALL]

    def prepare(workspace: Workspace, programs: Programs) -> None:
        key = (programs.binary, len(workspace.versions.old))
        if key not in found:
            fresh = (workspace.root / "backstep.yml").read_text()
            _, trace = trace_calls(programs.injector, [programs.binary, *again],
                                   workspace.root)
            found[key] = where(trace.points)
            live = workspace.versions.old
            workspace.reset(services_of(workspace), "old", "old", 0)
            (workspace.root / "backstep.yml").write_text(fresh)
            assert workspace.versions.old is live
        done, ended = run_injected(programs, [Injection(found[key], "kill")], again, workspace.root)
        if not done:
            fail(f"the run was not killed at {found[key]}: {ended.said}")
        workspace.write_fresh()  # for the next run's generator

    return prepare


def services_of(workspace: Workspace) -> int:
    entrypoints = [path for path in workspace.versions.old if path != "compose.yml"]
    return len(entrypoints)


def new_only_if_accepted(journal: Journal, history: list[str]) -> str:
    accepted = journal is not None and journal["phase"] == "accepted"
    return "new" if accepted or "accepted" in history else "old"


def new_past_return(journal: Journal, history: list[str]) -> str:
    past = journal is not None and journal["no_return_code"] != 0
    return "new" if past or "unrestored" in history else "old"


def old_once_begun(journal: Journal, history: list[str]) -> str:
    return "old" if journal is not None or "rolled_back" in history else "new"


def scenarios_of(services: int) -> list[Scenario]:
    def scenario(name: str, arguments: list[str], normal_exit: int, **more: object) -> Scenario:
        return Scenario(name, services, reading_all(arguments), normal_exit, **more)  # type: ignore[arg-type]

    return [
        scenario("run succeeds", ["run"], 0, prepare=back_up_first, settled=new_only_if_accepted,
                 healthy="echo", prunes=True),
        scenario("run succeeds after many", ["run"], 0, prepare=after_many_runs,
                 settled=new_only_if_accepted, healthy="echo", prunes=True),
        scenario("run stores in a remote", ["run"], 0, prepare=store_once,
                 settled=new_only_if_accepted, healthy="echo", prunes=True),
        scenario("run fails its check", ["run"], 20),
        scenario("run fails, backed up before", ["run"], 20, prepare=back_up_first),
        scenario("run, rollback command fails", ["run"], 22, rollback_exit=1, paid_exit=22,
                 left_open=True),
        scenario("run is past its point of no return", ["run"], 23, settled=new_past_return,
                 deploy_exit=75),
        scenario("rollback", ["rollback", "--exact"], 0, prepare=back_up_and_change,
                 settled=old_once_begun, paid_exit=0),
        scenario("begin", ["begin"], 0, left_open=True),
        scenario("finish after success", ["finish", "--status", "success"], 0,
                 prepare=begin_and_change, settled=new_only_if_accepted, healthy="echo",
                 prunes=True),
        scenario("finish after failure", ["finish", "--status", "failure"], 20,
                 prepare=begin_and_change),
        scenario("backup", ["backup"], 0, prepare=back_up_and_change, settled=always_new,
                 healthy="echo", backups=["old", "new"]),
        scenario("prune", ["prune"], 0, prepare=back_up_twice, settled=always_new, prunes=True,
                 backups=["old", "new"]),
        scenario("recover from generated", ["recover"], 0, prepare=crashed_run(GENERATED)),
        scenario("recover from deployed", ["recover"], 20, prepare=crashed_run(DEPLOYED)),
        scenario("recover from restoring", ["recover"], 20,
                 prepare=crashed_run(second_restored_file)),
        scenario("recover from accepted", ["recover"], 0, prepare=crashed_run(ACCEPTED),
                 settled=always_new, healthy="echo", prunes=True, backups=["old", "new"]),
        scenario("run after a crash", ["run"], 20, prepare=crashed_run(second_restored_file)),
        scenario("run fails, repaired by hand", ["run"], 20, repaired=True),
    ]


SIZES = (1, 5, 20)
ALL = [each for services in SIZES for each in scenarios_of(services)]
