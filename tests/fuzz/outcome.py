# SPDX-License-Identifier: Apache-2.0
"""How a call that nobody killed may end: its exit code, the files, the journal."""

from typing import Protocol

from harness.files import Files, differences
from harness.running import Ended
from model import Before, Model, target_of
from steps import Verb
from stored_tree import StoredTree, healthy

LEFT_ALONE = {"prune", "mark", "verify", "status", "list", "history", "export", "import"}
CANNOT_GO_BACK = {3, 22}


class World(Protocol):
    tree: StoredTree
    model: Model
    archived: dict[str, Files]


class Outcome:
    def __init__(self, world: World, verb: Verb, before: Before, expected: Files,
                 ended: Ended) -> None:
        self.world = world
        self.verb = verb
        self.before = before
        self.expected = expected  # once the open journal is settled
        self.status = ended.status
        self.answer = ended.answer
        self.live = world.tree.places()
        self.journal = world.tree.journal()
        self.found: list[str] = []

    def check(self) -> list[str]:
        if self.status == 1 or self.status > 128:
            self.found.append(f"{self.verb.name} exited with {self.status}")
        getattr(self, f"check_{self.verb.name}", self.check_left_alone)()
        settled = self.verb.name in {"recover", "finish"} and self.journal is None
        settled = settled and self.before.journal is not None
        if settled or (self.verb.name == "run" and self.status == 0):
            self.found += [f"left behind: {path}" for path in self.world.tree.staged()]
        return self.found

    def may_exit(self, *statuses: int) -> None:
        if self.status not in statuses:
            self.found.append(f"{self.verb.name} exited with {self.status}, not one of {statuses}")

    def is_live(self, wanted: Files, why: str) -> None:
        self.found += differences(why, self.live, wanted)

    def is_in_evidence(self, replaced: Files) -> None:
        """What a restore replaces or removes is kept."""
        evidence = [files for label, files in self.world.model.sets.items()
                    if label.startswith("failed/")]
        self.found += [f"evidence: {path} as it was is nowhere, {state}"
                       for path, state in replaced.items()
                       if state.kind == "file" and self.live.get(path) != state
                       and all(files.get(path) != state for files in evidence)]

    def journal_is_gone(self) -> None:
        if self.journal is not None:
            self.found.append(f"a journal is left at {self.journal['phase']}")

    def is_blocked(self) -> bool:
        """Within the guard of a begin, and where settling cannot go on."""
        guarded = self.before.begun and self.before.phase != "restored"
        if self.status == 11 and guarded:
            self.is_live(self.before.live, "11")
            if self.journal != self.before.journal:
                self.found.append("11, and the journal was changed")
            return True
        if guarded and self.before.phase == "armed":
            odd = any(state.kind != "file" for state in self.before.live.values())
            self.may_exit(*((6, 11) if odd else (11,)))
            return True
        if self.is_in_the_way():
            return True
        return self.cannot_settle(whole=False)

    def cannot_settle(self, whole: bool) -> bool:
        """Its target is damaged: nothing is changed."""
        if not self.world.model.doubtful(self.before, whole=whole):
            return False
        return self.status in CANNOT_GO_BACK and self.live == self.before.live

    def is_refused(self, files: Files) -> bool:
        """What no backup can hold stops everything before anything changes."""
        if all(state.kind == "file" for state in files.values()):
            return False
        self.may_exit(6)
        self.is_live(files, "refused")
        return True

    def check_backup(self) -> None:
        if self.is_blocked() or self.is_refused(self.expected):
            return
        self.may_exit(0)
        self.is_live(self.expected, "backup")

    def check_begin(self) -> None:
        if self.is_blocked() or self.is_refused(self.expected):
            return
        self.may_exit(0)
        self.is_live(self.expected, "begin")
        if self.journal is None or self.journal["phase"] != "armed":
            self.found.append("begin left no armed journal")

    def check_run(self) -> None:
        if self.is_blocked() or self.is_refused(self.expected):
            return
        verb, new = self.verb, self.verb.generated
        if not verb.generator_fails and not self.expected and not new:
            self.may_exit(5)  # nothing was tracked, and the generator made nothing that is
            self.journal_is_gone()
        elif verb.generator_fails:
            self.may_exit(5)
            self.is_live(self.expected if verb.rollback_on else new, "after a failed generator")
            self.is_in_evidence(new)
            if not self.before.owed:  # else nothing was deployed, and the debt is still one
                self.journal_is_gone()
        elif verb.deploy_fails or (verb.checked and not healthy(new)):
            self.check_rolled_back(new, verb.rollback_on, verb.rollback_fails, verb.checked)
        else:
            self.may_exit(0)
            self.is_live(new, "exit 0")
            self.journal_is_gone()

    def check_rolled_back(self, failed: Files, on: bool, command_fails: bool, checked: bool) -> None:
        if not on:
            self.may_exit(23)
            return self.is_live(failed, "rollback is off")
        label = self.answer.get("restored_from") or (
            self.journal["backup"] if self.journal else "")
        composed = self.world.tree.composed_of(label)
        label = composed[0] if composed else label
        if self.is_in_the_way():
            return
        if self.status == 22 and not command_fails:
            return self.is_live(failed, "no whole candidate")
        backup = f"backups/{self.answer.get('backup')}"
        allowed = self.world.model.targets(self.before, backup, checked)
        chosen = {each for each in allowed if label in (each, each.split("/")[1])}
        if not chosen:
            self.found.append(f"went back to {label}, not to one of {sorted(allowed)}")
            return
        if self.status == 22 and not any(map(self.world.model.whole, chosen)) \
                and self.live == failed:
            return
        # Beside it stays what this run found and the target lacks: only what it brought goes.
        target = {**self.world.model.sets.get(backup, {}),
                  **self.world.model.sets[sorted(chosen)[0]]}
        self.is_live(target, f"rolled back to {label}")
        self.is_in_evidence(failed)
        if not target:
            self.may_exit(10)
        elif command_fails:
            self.may_exit(22)
        else:
            self.may_exit(20 if checked and healthy(target) else 21)
            self.journal_is_gone()

    def check_finish(self) -> None:
        before = self.before
        if before.journal is None or not before.own:
            self.may_exit(0, 22)  # 22: a begin of this owner without journal and without end
            return self.is_live(before.live, "nothing of this owner is open")
        if before.begun and before.phase == "armed":
            return self.check_finish_of_begin()
        self.check_settled(whole=not before.rollback_off, own=True)

    def check_finish_of_begin(self) -> None:
        live, settings = self.before.live, self.before.journal["settings"]
        checked = "health_check" in settings
        if "success" in self.verb.flags and (healthy(live) or not checked):
            if any(state.kind != "file" for state in live.values()):
                return None  # it cannot be stored, so it is no version that can be accepted
            self.may_exit(0)
            self.journal_is_gone()
            return self.is_live(live, "accepted")
        self.check_rolled_back(live, settings["rollback"] == "true",
                               settings.get("rollback_command") == "exit 9", checked)

    def check_recover(self) -> None:
        if self.before.journal is None:
            self.may_exit(0)
            return self.is_live(self.before.live, "nothing is open")
        if "--keep" in self.verb.flags:
            self.may_exit(0)
            self.journal_is_gone()
            return self.is_live(self.before.live, "recover --keep")
        self.check_settled(whole="--restore" in self.verb.flags, own=True)

    def check_settled(self, whole: bool, own: bool) -> None:
        before = self.before
        wanted = self.world.model.settled(before, whole=whole, own=own)
        if self.cannot_settle(whole) or self.is_in_the_way():
            return
        self.is_live(wanted, "I2: settled")
        self.is_in_evidence(before.live)
        if before.rollback_off and not whole:
            self.may_exit(23 if self.verb.name == "finish" else 0)
        elif before.owed and self.goes_somewhere():
            self.may_exit(20, 21, 22)
        else:
            # "Exit is not 0 whenever the new version is not live": a job's `finish` says so.
            finished = self.verb.name == "finish" and before.phase != "accepted"
            self.may_exit(*((10, 21) if finished else (0, 10)))
        if self.status != 22:
            self.journal_is_gone()

    def is_in_the_way(self) -> bool:
        """A directory that somebody filled is never removed for a file: nothing is changed."""
        filled = any(state.kind == "directory" for state in self.before.live.values())
        return filled and self.status == 22 and self.live == self.before.live

    def goes_somewhere(self) -> bool:
        """Without an earlier version no command can put one live."""
        return bool(self.world.model.sets.get(target_of(self.before.journal)))

    def check_rollback(self) -> None:
        if self.is_blocked():
            return
        self.may_exit(0, 2, 3, 10, 22)
        if self.status in (2, 3, 10, 22):
            return self.is_live(self.expected, "no rollback")
        label = self.answer.get("restored_from", "")
        if label:
            self.check_by_hand(label)
        self.journal_is_gone()

    def check_by_hand(self, label: str) -> None:
        sets = self.world.model.sets
        matching = [files for each, files in sets.items() if label in (each, each.split("/")[1])]
        if not matching:
            self.found.append(f"went back to {label}, which nobody knows")
            return
        wanted = dict(self.expected)
        flags = self.verb.flags
        if label.startswith("failed/"):  # a rollback is undone in both directions
            flags = flags | {"--exact", "--recreate"}
        for path in self.expected.keys() | matching[0].keys():
            service = path.split("/")[1] if "/" in path else ""
            skipped = service and service not in self.before.services | {
                each.split("/")[1] for each in self.expected if "/" in each}
            if path in matching[0] and (not skipped or "--recreate" in flags):
                wanted[path] = matching[0][path]
            elif path not in matching[0] and "--exact" in flags:
                wanted.pop(path, None)
        self.is_live(wanted, f"rolled back by hand to {label}")
        self.is_in_evidence(self.expected)

    def check_left_alone(self) -> None:
        """Verbs that never touch live files nor the journal."""
        self.is_live(self.before.live, self.verb.name)
        if self.journal != self.before.journal:
            self.found.append(f"{self.verb.name} changed the journal")
        if self.verb.name == "verify":
            self.check_verify()
        elif self.verb.name == "mark":
            damaged = self.world.model.damaged & set(self.before.labels)
            self.may_exit(*((0,) if "named" in self.verb.flags and not damaged else (0, 2, 3, 6)))
        elif self.verb.name in ("export", "import"):
            self.may_exit(0, 3, 6)
        else:
            self.may_exit(0)

    def check_verify(self) -> None:
        reported = {each["id"] for each in self.answer.get("sets", []) if each["problems"]}
        for label in self.before.labels:
            shown = label if label.startswith("failed/") else label.split("/")[1]
            if shown in reported and self.world.model.whole(label):
                self.found.append(f"I3: verify finds {label} damaged")
        self.may_exit(3 if reported else 0)
