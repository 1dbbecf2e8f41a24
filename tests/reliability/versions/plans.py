# SPDX-License-Identifier: Apache-2.0
"""What the commands of a run do: which files its generator writes, and what its check looks for."""

import os
import random
import shlex
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from harness.files import Entry, Files, put
from world import CALM, COMMITTED, NEW, script

if TYPE_CHECKING:
    from history import History

POOL = [each for each in (*COMMITTED, *NEW) if each not in CALM]


@dataclass
class Plan:
    """What a run's commands do."""

    writes: dict[str, Entry | None] = field(default_factory=dict)
    sick: str = ""      # the word that its check looks for; "" is healthy
    rewrites: str = ""  # a tracked file that its rollback command writes anew
    deploy_fails: bool = False

    def on(self, tree: Files) -> Files:
        made = dict(tree)
        for path, entry in self.writes.items():
            if entry is None:
                made.pop(path, None)
                continue
            made[path] = entry
            for depth in range(1, path.count("/") + 1):
                made.setdefault("/".join(path.split("/")[:depth]), Entry("directory"))
        return made


def make_plan(rng: random.Random, history: "History", *, sick: bool) -> Plan:
    token = history.token()
    plan = Plan(sick=f"sick-{token}" if sick else "")
    tracked = [path for path in POOL if history.settings.tracks(path)]
    if not tracked:
        return Plan()
    for path in dict.fromkeys([rng.choice(tracked), *rng.sample(POOL, 2)]):  # a set has no order
        is_sick = sick and path in tracked
        plan.writes[path] = script(plan.sick if is_sick else f"made-{token}", path)
    if len(plan.writes) > 2 and rng.random() < 0.2:
        removed = rng.choice(tracked)
        if not all(path == removed for path in plan.writes if path in tracked):
            plan.writes[removed] = None
    still_sick = any(entry and plan.sick.encode() in entry.content
                     for entry in plan.writes.values())
    if sick and not still_sick:
        path = rng.choice(tracked)
        plan.writes[path] = script(plan.sick, path)
    plan.deploy_fails = sick and rng.random() < 0.15
    if sick and rng.random() < 0.08:
        plan.rewrites = rng.choice([path for path, each in plan.writes.items()
                                    if each and path in tracked])
    return plan


def commands(history: "History", plan: Plan) -> dict[str, str]:
    """They find their files from wherever they are started."""
    home, tools = history.world.home(), history.world.root / "tools"
    lines = [f"set -e; cd {home}"]
    for path, entry in sorted(plan.writes.items()):
        lines.append(f"rm -f {path}")
        if entry is not None:
            lines.append(f"mkdir -p ./{os.path.dirname(path)}; printf %s "
                         f"{shlex.quote(entry.content.decode())} >{path}; chmod {entry.mode:o} {path}")
    (tools / "generate").write_text("\n".join(lines) + "\n")
    history.tell(f"cat >{tools}/generate <<'EOF'\n" + "\n".join(lines) + "\nEOF")
    stores = " ".join(f"--exclude-dir={each}" for each in ("backups", "stash", ".git"))
    check = f"! grep -rqsF {stores} {plan.sick} {history.world.checkout()}" if plan.sick else "true"
    again = "true"
    if plan.rewrites:
        put(tools, "again", rewritten(plan))
        again = f"cp -p {tools}/again {home}/{plan.rewrites}"
    return {"--generate": f"sh {tools}/generate", "--health-check": check,
            "--deploy": "exit 8" if plan.deploy_fails else "true", "--rollback-command": again}


def rewritten(plan: Plan) -> Entry:
    return script(plan.sick.replace("sick", "rewritten"), plan.rewrites)


def words(found: dict[str, str]) -> list[str]:
    return [word for pair in found.items() for word in pair]
