# SPDX-License-Identifier: Apache-2.0
"""One call that may change the tree: what was before it, what is after it, and whether the model
allows that.
"""

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from calling import Call, Ended
from checks import Aim, Moment, check_disk, check_words
from harness.files import Entry, Files
from model import Known, Open, Version, after_rollback, version_of
from plans import Plan
from settings import REFUSED

if TYPE_CHECKING:
    from history import History


@dataclass
class Story:
    """A call that may change the tree, and all that is needed to judge it."""

    history: "History"
    environment: str
    known: Known
    before: Moment
    aim: Aim
    begun: list[Files]      # how the run found the tree, once it has settled what was open
    found: list[str] = field(default_factory=list)
    ended: Ended = Ended(0, "")

    @classmethod
    def of(cls, history: "History") -> "Story":
        environment = history.environment()
        history.write_settings()
        known = history.store(environment) if environment != REFUSED else Known()
        before = history.moment()
        place = history.world.here
        opens = known.open
        aim = Aim(place, history.world.store_of(history.settings), environment, history.settings,
                  opens=opens)
        tree = before.trees[place]
        begun = [tree, *(found for each in opens for found in settled(each, tree))]
        return cls(history, environment, known, before, aim, begun)

    @property
    def tree(self) -> Files:
        return self.before.trees[self.aim.place]

    @property
    def is_refused(self) -> bool:
        return self.environment == REFUSED or self.history.settings.contradicts_itself

    @property
    def interrupted(self) -> list[Version]:
        """Backups of the killed runs that it may settle."""
        return [version for each in self.aim.opens for version in each.versions]

    def call(self, call: Call) -> Ended:
        self.ended = self.history.run(call)
        self.after = self.history.moment()
        self.now = self.after.trees[self.aim.place]
        return self.ended

    def expect(self, *statuses: int) -> bool:
        if self.ended.status in statuses:
            return True
        self.found.append(f"exit: {self.ended.status}, not one of {statuses}")
        return False

    def refused(self, *statuses: int) -> list[str]:
        """Nothing is changed."""
        self.expect(*(statuses or (2,)))
        self.aim.opens = []
        return self.done()

    def done(self) -> list[str]:
        self.found += check_disk(self.aim, self.before, self.after)
        if self.now != self.tree:
            self.history.disturb(self.aim.place)
        if self.environment != REFUSED and not self.found:
            self.found += check_words(self.history, self.known)
        said = f"   (last line: {self.ended.last_line[:200]})"
        return [each + said for each in self.found]

    def version(self, tree: Files) -> Version:
        return version_of(tree, self.history.settings)

    def tracked(self, *trees: Files) -> list[str]:
        paths = {path for tree in trees for path in tree}
        return sorted(path for path in paths if self.history.settings.tracks(path))

    def went_back(self, targets: list[Version], made: Files, plan: Plan) -> list[Version]:
        """Those of the targets that the tree is as now."""
        def fits(target: Version) -> bool:
            return all(self.now.get(path) in after_rollback(path, target, self.begun, made)
                       for path in self.tracked(self.tree, made, self.now, target.files)
                       if path != plan.rewrites and "directory" != kind_of(self.now.get(path)))
        return [each for each in targets if fits(each)]


def kind_of(entry: Entry | None) -> str:
    return entry.kind if entry else ""


def settled(each: Open, tree: Files) -> list[Files]:
    """As it lay there when the killed run began, as far as that run tracked it."""
    results = []
    for version in each.versions:
        result = dict(tree)
        for path in filter(each.tracks, tree.keys() | version.files.keys()):
            if path in version.files:
                result[path] = version.files[path]
            elif each.brought(path):
                result.pop(path, None)
        results.append(result)
    return results


def note_backup(story: Story) -> None:
    """What a run finds there is stored before anything changes."""
    story.known.versions += [story.version(tree) for tree in story.begun]


def accepted(story: Story, plan: Plan) -> None:
    made = [plan.on(tree) for tree in story.begun]
    story.expect(0)
    if "old version" in story.ended.live_now:
        story.found.append(f"said: exit 0, and live now is {story.ended.live_now}")
    story.aim.accepted = True
    for path in story.tracked(*made, story.now):
        wanted = {tree.get(path) for tree in made}
        if story.now.get(path) not in wanted:
            story.found.append(f"accepted: {path} is {story.now.get(path)}, not one of {wanted}")
    version = replace(story.version(story.now), accepted=True, passed=True)
    story.known.versions.append(version)
    story.known.live, story.known.last_rollback = version.digest, None


def rolled_back(story: Story, made: Files, plan: Plan, *, check_failed: bool) -> None:
    known, failed = story.known, story.version(made)
    backups = [story.version(tree) for tree in story.begun]
    instead = [*backups[1:], *story.interrupted]
    targets = known.targets(backups[0], instead)
    note_backup(story)
    fitting = story.went_back(targets, made, plan)
    if not fitting:
        names = [each.digest[:8] for each in targets]
        story.found.append(f"target: exit {story.ended.status}, and what lies there is none of "
                           f"{names}: {differing(story, targets, made, plan)}")
        return
    version = story.version(story.now)
    if plan.rewrites and plan.rewrites in story.now:
        story.expect(21)
        if "old version" in story.ended.live_now:
            story.found.append(f"said: the rollback command wrote {plan.rewrites} anew, and live "
                               f"now is {story.ended.live_now}")
        known.live = version.digest
        return
    empty = any(not story.tracked(each.files) for each in fitting)
    story.expect(*((10, 20) if empty else (20,)))
    if not story.ended.answers_first:
        story.found.append("said: the answer does not say what is live now")
    if story.ended.status == 20:
        known.versions.append(passed_on(version, fitting))
        known.live, known.last_rollback = version.digest, version
        if check_failed and failed.digest not in {each.digest for each in known.passed()}:
            known.failed.add(failed.digest)
    else:
        known.live = None


def passed_on(version: Version, targets: list[Version]) -> Version:
    """What was kept beside the target makes it another set, and nobody need have stored it."""
    is_whole = version.digest in {each.digest for each in targets if not each.perhaps}
    return replace(version, passed=True, perhaps=not is_whole)


def differing(story: Story, targets: list[Version], made: Files, plan: Plan) -> str:
    """By the fewest paths."""
    def wrong(target: Version) -> list[str]:
        return [f"{path} is {story.now.get(path)}" for path in
                story.tracked(story.tree, made, story.now, target.files)
                if path != plan.rewrites and story.now.get(path)
                not in after_rollback(path, target, story.begun, made)]
    return "; ".join(min(map(wrong, targets), key=len, default=["there is no target"])[:4])
