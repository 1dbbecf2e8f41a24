# SPDX-License-Identifier: Apache-2.0
"""One random history: its steps, and what must hold after each of them."""

import random
import subprocess
from dataclasses import replace
from pathlib import Path

import calling
import model
import steps
from calling import Call, Ended
from checks import Moment
from harness.files import Entry, put
from harness.running import KILLED
from model import Known
from settings import REFUSED, Settings
from world import Layout, World

CI = ({"GITHUB_ACTIONS": "true", "GITHUB_RUN_ID": "7", "GITHUB_JOB": "deploy"},
      {"GITLAB_CI": "true", "CI_PIPELINE_ID": "7", "CI_JOB_NAME": "deploy"})


class History:
    def __init__(self, root: Path, binary: str, seed: int) -> None:
        self.binary, self.seed = binary, seed
        rng = random.Random(f"{seed}/layout")
        self.world = World(root, Layout.random(rng))
        self.settings = Settings(project="demo" if self.world.layout.is_shared else "")
        self.world.here = self.world.make_checkout()
        self.below = ""   # the sub-directory of the settings' that one stands in
        self.ci = ""      # whose variables are there
        self.owner = "ada"
        self.known: dict[tuple[Path, str], Known] = {}
        self.told: list[str] = [f"# {self.world.layout}"]
        self.tokens = 0
        self.calls = 0
        self.kills = 0

    def step(self, number: int) -> list[str]:
        """What is violated. Each step has its own random numbers, so that leaving one out changes
        no other more than it must."""
        rng = random.Random(f"{self.seed}/{number}")
        self.tokens = 100 * number
        take = steps.FIRST if number == 0 else steps.choose(rng)
        try:
            return take(rng, self)
        except subprocess.TimeoutExpired as late:
            return [f"hang: {late}"]

    def token(self) -> str:
        self.tokens += 1
        return f"{self.tokens:04d}"

    # Whose store it is.

    def environments(self) -> set[str]:
        store = self.world.store_of(self.settings)
        return {environment for place, environment in self.known if place == store}

    def environment(self) -> str:
        used = self.environments()
        if not self.settings.environment and "" in used and len(used) == 2:
            # Whether that is one environment or two is left open, so it is said.
            self.settings = replace(self.settings, environment=max(used), said_by="flag")
        if self.settings.environment:
            return self.settings.environment
        if not used or used == {""}:
            return ""
        return used.pop() if len(used) == 1 else REFUSED

    def store(self, environment: str) -> Known:
        """What a call knows of that environment: also what the one without a name does, until this
        one has an accepted set of its own. It is kept once the call has changed something."""
        place = self.world.store_of(self.settings)
        known = self.known.get((place, environment), Known())
        nameless = self.known.get((place, ""))
        own = any(each.accepted and not each.perhaps for each in known.versions)
        # One that may hold nothing yet, like the one that an empty archive was imported into, may
        # not count.
        others = [self.known[place, each] for each in self.environments() - {"", environment}]
        alone = all(each.perhaps for other in others for each in other.versions)
        if environment and nameless and not own and alone:
            adopted = nameless.copy(adopted=True)
            known.versions += [each for each in adopted.versions if each not in known.versions]
            known.failed |= adopted.failed
        return known

    # Calls.

    def write_settings(self, name: str = "") -> None:
        home = self.world.home(name)
        said = replace(self.settings, store=self.world.said(self.settings)).text()
        path = home / self.settings.file
        if path.exists() and path.read_text() == said:
            return
        for each in ("backstep.yml", "production.yml"):
            (home / each).unlink(missing_ok=True)
        put(home, self.settings.file, None)
        path.write_text(said)
        self.tell(f"cat >{path} <<'EOF'\n{said}EOF")

    def call(self, *arguments: str, name: str = "") -> Call:
        words = list(arguments)
        home = self.world.home(name)
        if self.settings.said_by == "flag":
            words += ["--environment", self.settings.environment]
        if self.settings.said_by == "name":
            words += ["--config", str(home / self.settings.file)]
        variables = {"BACKSTEP_OWNER": self.owner}
        if self.ci:
            variables |= CI[self.ci == "CI_PROJECT_DIR"]
            variables[self.ci] = str(self.world.checkout(name))
        directory = home / self.below
        directory.mkdir(parents=True, exist_ok=True)
        return Call(words, directory, variables)

    def run(self, call: Call) -> Ended:
        self.calls += 1
        self.tell(call.line(self.world.root))
        if call.kill_at is not None:
            ended = calling.run_and_kill(self.binary, self.world.root, call)
            calling.wait_for_keepers(list(self.world.stores()))
        else:
            ended = calling.run(self.binary, self.world.root, call)
        self.kills += ended.status == KILLED
        self.tell(f"#   exit {ended.status}; live now: {ended.live_now or '(not said)'}")
        return ended

    def look(self, *verb: str) -> Ended:
        """A verb that only looks, as the last call was made; it is not told."""
        return calling.run(self.binary, self.world.root, self.call(*verb))

    def moment(self) -> Moment:
        return Moment(self.world.trees(), self.world.stores())

    def tell(self, line: str) -> None:
        self.told.append(line.replace(str(self.world.root), "$W"))

    # What the steps share.

    def change(self, path: str, entry: Entry | None) -> None:
        """Somebody works in the tree."""
        put(self.world.home(), path, entry)
        self.disturb(self.world.here)
        content = "" if entry is None else entry.content.decode()
        self.tell(f"rm -f {self.world.home()}/{path}" if entry is None else
                  f"printf %s {content!r} >{self.world.home()}/{path}   # {entry.kind}, "
                  f"{entry.mode:o}")

    def disturb(self, place: str) -> None:
        for known in self.known.values():
            for each in known.open:
                each.undisturbed &= each.place != place

    def opens_here(self, known: Known) -> list[model.Open]:
        return [each for each in known.open if each.place == self.world.here]

    def keep(self, environment: str, known: Known, *, settled: bool) -> None:
        """After a call that changed something in that store."""
        self.known[self.world.store_of(self.settings), environment] = known
        if settled:
            known.open = [each for each in known.open if each.place != self.world.here]
        for each in known.open:
            each.undisturbed = False
