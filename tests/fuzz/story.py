# SPDX-License-Identifier: Apache-2.0
"""One random story: its steps, and what must hold after each of them."""

import random
import shutil
from pathlib import Path

import steps
from harness.files import SERVICES, Files, differences
from harness.running import KILLED
from killing import call, random_point
from model import Before, Model
from outcome import Outcome
from steps import Verb
from stored_tree import Damaged, StoredTree

CONFIG = """\
files: [compose.yml]
health_check: {interval: 10ms, retries: 1, start_period: 0s}
retention: {keep_last: 3, keep_good: 1, keep_within: 0s}
lock_wait: 0s
"""
LOOKS = {"verify", "status", "list", "history", "export"}
PRUNES = {"run", "begin", "backup", "rollback", "finish", "recover", "prune"}
ROLLS_BACK = {"run", "finish", "rollback"}


class Story:
    def __init__(self, root: Path, binary: str, seed: int) -> None:
        self.binary = binary
        self.seed = seed
        self.tree = StoredTree(root)
        self.model = Model()
        self.archived: dict[str, Files] = {}
        self.told: list[str] = []
        self.calls = 0
        self.kills = 0
        shutil.rmtree(root.parent, ignore_errors=True)
        (root / SERVICES / "alpha").mkdir(parents=True)
        (root / "backstep.yml").write_text(CONFIG)
        (root / "untracked").write_text("untracked")

    def step(self, number: int) -> list[str]:
        """What is violated. Each step has its own random numbers, so that leaving one out changes
        no other more than it must."""
        rng = random.Random(f"{self.seed}/{number}")
        chance = rng.random()
        if chance < 0.18:
            self.told.append(steps.edit(rng, self.tree, self.model))
            return []
        if chance < 0.23:
            self.told.append(steps.spoil(rng, self.tree, self.model))
            return []
        return self.verb_step(rng)

    def look_around(self, owner: str) -> Before:
        services = self.tree.root / SERVICES
        names = {path.name for path in services.iterdir()} if services.is_dir() else set()
        return Before(self.tree.places(), self.tree.journal(), self.tree.labels(),
                      self.tree.lines("history"), self.tree.lines("verdicts"), names, owner)

    def verb_step(self, rng: random.Random) -> list[str]:
        owner = "ada" if rng.random() < 0.88 else "bob"
        before = self.look_around(owner)
        expected = self.model.settled(before)
        make = rng.choices([each for each, _ in steps.VERBS], [odds for _, odds in steps.VERBS])[0]
        verb = make(rng, self.tree, expected)
        point = random_point(rng, verb.name) if rng.random() < 0.5 else None
        before_raw = self.tree.everything() if verb.name in LOOKS else {}
        ended = call([self.binary, verb.name, *verb.arguments], self.tree.root, owner, point)
        was_killed = ended.status == KILLED
        self.calls += 1
        self.kills += was_killed
        journal = before.journal
        self.told.append(f"{owner}: {verb} [{before.phase}{' begun' if before.begun else ''}] -> "
                         f"{f'killed at {point}' if was_killed else ended.status}")
        if not self.tree.wait_for_lock():
            return ["the lock is never free again"]
        found = self.check_files(verb, before, expected)
        found += self.check_sets(verb, before, expected)
        if verb.name == "export":
            # As it was stored: an archive that was not written whole leaves the one before it.
            self.archived |= self.model.sets
        if not was_killed:
            found += Outcome(self, verb, before, expected, ended).check()
            if verb.name == "recover" and ended.status != 22:
                found += self.check_recover_again(owner)
        if verb.name in LOOKS and self.tree.everything() != before_raw:
            found.append(f"{verb.name} changed something")
        if (self.tree.root / "untracked").read_text() != "untracked":
            found.append("a file that nobody tracks was changed")
        return [f"{each} (said: {ended.said})" for each in found] if journal is None else \
            [f"{each} (journal was: {journal['phase']}; said: {ended.said})" for each in found]

    def check_files(self, verb: Verb, before: Before, expected: Files) -> list[str]:
        """I1, and newer work is never overwritten: a file is as it was, as settling has it, as the
        generator made it or, where there is a rollback, as some set has it."""
        live = self.tree.places()
        allowed = [before.live, expected]
        if verb.generated is not None:
            allowed.append(verb.generated)
        if verb.name == "finish" or verb.flags & {"--restore"} or verb.name == "recover":
            for own in (False, True):
                whole = verb.name == "finish" or "--restore" in verb.flags
                settled = self.model.settled(before, whole=whole, own=own or verb.name == "recover")
                allowed.append(settled)
        if verb.name in ROLLS_BACK:
            allowed += self.model.sets.values()  # as they were stored, before any damage
        found = []
        for path in sorted(live.keys() | before.live.keys()):
            state = live.get(path)
            was = before.live.get(path)
            torn_down = state is None and was is not None and was.kind == "directory"
            if not torn_down and all(files.get(path) != state for files in allowed):
                found.append(f"I1: {path} is {state}, was {was}")
        return found

    def check_sets(self, verb: Verb, before: Before, expected: Files) -> list[str]:
        """I3 and I4, by our own eyes."""
        after = self.look_around(before.owner)
        raw = self.tree.published()
        known = [label for label in after.labels if label in self.model.sets]
        found = self.model.changed_sets(known, raw)
        found += [f"I4: {label}: {why}" for label in known if self.model.whole(label)
                  for why in self.lost_base(label)]
        for label in [label for label in after.labels if label not in known]:
            try:
                files = self.tree.read_set(label)
            except Damaged as damage:
                found.append(f"I3: {damage}")
                continue
            found += self.unexpected(verb, before, expected, label, files)
            self.model.sets[label] = files
            self.model.raw[label] = raw[label]
        found += self.model.lost_sets(before, after, verb.name in PRUNES)
        for label in set(self.model.sets) - set(after.labels):
            del self.model.sets[label]
            self.model.raw.pop(label, None)
            self.model.damaged.discard(label)
        return found

    def lost_base(self, label: str) -> list[str]:
        """What evidence rests on stays as long as it."""
        try:
            self.tree.read_set(label)
        except Damaged as damage:
            return [str(damage)]
        return []

    def unexpected(self, verb: Verb, before: Before, expected: Files, label: str,
                   files: Files) -> list[str]:
        """A new set holds what lay there when it was made."""
        shelf = label.split("/")[0]
        if verb.name == "import":
            wanted = [self.archived.get(label, {})]
        elif shelf == "backups":
            wanted = [expected]
        elif parts := self.tree.composed_of(label.split("/")[1]):
            known, found = ([self.model.sets[f"{shelf}/{part}"] for shelf in ("backups", "good")
                             if f"{shelf}/{part}" in self.model.sets] for part in parts)
            wanted = [{**beside, **version} for version in known for beside in found or [expected]]
        elif shelf == "good":
            wanted = [before.live, *([verb.generated] if verb.generated is not None else [])]
        else:
            return self.strange_evidence(verb, before, expected, label, files)
        if files in wanted:
            return []
        return differences(f"I3: {label} holds what never lay there", files, wanted[0])

    def strange_evidence(self, verb: Verb, before: Before, expected: Files, label: str,
                         files: Files) -> list[str]:
        lay_there = [each for each in (before.live, expected, verb.generated) if each is not None]
        return [f"evidence {label}: {path} never lay there" for path, state in files.items()
                if all(each.get(path) != state for each in lay_there)]

    def check_recover_again(self, owner: str) -> list[str]:
        """I10."""
        settled = self.tree.everything()
        ended = call([self.binary, "recover"], self.tree.root, owner, None)
        if ended.status == 0 and self.tree.everything() == settled:
            return []
        changed = [path for path, each in self.tree.everything().items() if settled.get(path) != each]
        return [f"I10: a second recover exited with {ended.status} and changed {changed}"]

