# SPDX-License-Identifier: Apache-2.0
"""The steps of a random story: verbs of the program, edits by somebody, and damage to the store."""

import os
import random
from dataclasses import dataclass, field

from harness import files
from harness.files import SERVICES, Entry, Files, entrypoint, remove
from harness.tree import COMPOSE, FRESH, Tree
from model import Model
from stored_tree import NAMES, StoredTree

HEALTHY = ["--health-check", f"grep -q good {entrypoint('alpha')}"]


@dataclass
class Verb:
    name: str
    arguments: list[str]
    generated: Files | None = None  # what the generator leaves, None: it makes nothing
    generator_fails: bool = False
    deploy_fails: bool = False
    checked: bool = False
    rollback_fails: bool = False
    rollback_on: bool = True
    flags: set[str] = field(default_factory=set)

    def __str__(self) -> str:
        return " ".join([self.name, *self.arguments])


def script(rng: random.Random, healthy: bool) -> Entry:
    size = rng.choice([60, 200, 9_000, 70_000])
    words = f"{'good' if healthy else 'sick'} {rng.getrandbits(40):x}"
    return files.script(words, rng.choice([0o755, 0o755, 0o700, 0o644]), size)


def next_version(rng: random.Random, live: Files) -> Files:
    """Some files differ, one may be new, one may be gone."""
    made = {path: state for path, state in live.items() if state.kind == "file"}
    for path in [*map(entrypoint, NAMES), COMPOSE]:
        if path not in made and rng.random() < 0.8:
            continue
        if rng.random() < 0.5:
            made[path] = script(rng, healthy=rng.random() < 0.6)
        elif rng.random() < 0.06:
            made.pop(path, None)
    return made


def write_generator(tree: Tree, live: Files, wanted: Files) -> None:
    """As a shell script that moves finished files into place."""
    remove(tree.root / FRESH)
    lines = ["set -e"]
    for number, path in enumerate(sorted(live.keys() | wanted.keys())):
        if wanted.get(path) == live.get(path):
            continue
        if path not in wanted:
            lines.append(f"rm -f {path}")
            continue
        tree.put(f"{FRESH}/{number}", wanted[path])
        lines += [f"mkdir -p {os.path.dirname(path) or '.'}", f"mv -f {FRESH}/{number} {path}"]
    (tree.root / "generate.sh").write_text("\n".join(lines) + "\n")


def run(rng: random.Random, tree: Tree, expected: Files) -> Verb:
    """`expected` is what the generator will find, once an open journal is settled."""
    verb = Verb("run", ["--json"], checked=rng.random() < 0.8)
    verb.generated = next_version(rng, expected)
    write_generator(tree, expected, verb.generated)
    verb.generator_fails = rng.random() < 0.15
    verb.deploy_fails = rng.random() < 0.15
    verb.rollback_fails = rng.random() < 0.08
    verb.rollback_on = rng.random() < 0.93
    verb.arguments += ["--generate",
                       "sh generate.sh" + ("; exit 7" if verb.generator_fails else ""),
                       "--deploy", "exit 8" if verb.deploy_fails else "true",
                       "--rollback-command", "exit 9" if verb.rollback_fails else "true",
                       *(HEALTHY if verb.checked else [])]
    if not verb.rollback_on:
        verb.arguments += ["--rollback", "false"]
    return verb


def begin(rng: random.Random, _tree: StoredTree, _expected: Files) -> Verb:
    verb = Verb("begin", ["--json"], checked=rng.random() < 0.7, rollback_fails=rng.random() < 0.1)
    verb.arguments += ["--rollback-command", "exit 9" if verb.rollback_fails else "true",
                       *(HEALTHY if verb.checked else [])]
    return verb


def finish(rng: random.Random, _tree: StoredTree, _expected: Files) -> Verb:
    status = rng.choice(["success", "success", "failure", "cancelled"])
    return Verb("finish", ["--json", "--status", status], flags={status})


def recover(rng: random.Random, _tree: StoredTree, _expected: Files) -> Verb:
    flag = rng.choice(["", "", "--keep", "--restore"])
    return Verb("recover", ["--json", *([flag] if flag else [])], flags={flag} - {""})


def backup(_rng: random.Random, _tree: StoredTree, _expected: Files) -> Verb:
    return Verb("backup", ["--json"])


def rollback(rng: random.Random, tree: StoredTree, _expected: Files) -> Verb:
    verb = Verb("rollback", ["--json"])
    labels = tree.labels()
    if labels and rng.random() < 0.6:
        label = rng.choice(labels)
        verb.arguments += ["--to", label if label.startswith("failed/") else label.split("/")[1]]
    for flag in ("--exact", "--recreate"):
        if rng.random() < 0.3:
            verb.arguments.append(flag)
            verb.flags.add(flag)
    return verb


def tend(rng: random.Random, tree: StoredTree, _expected: Files) -> Verb:
    if rng.random() < 0.4:
        return Verb("prune", ["--json"])
    word = rng.choice(["good", "good", "bad", "untested"])
    sets = [label.split("/")[1] for label in tree.labels() if not label.startswith("failed/")]
    named = [rng.choice(sets)] if sets and rng.random() < 0.5 else []
    return Verb("mark", [word, *named, "--json"], flags={"named"} if named else set())


def look(rng: random.Random, _tree: StoredTree, _expected: Files) -> Verb:
    return Verb(rng.choice(["verify", "status", "list", "history"]), ["--json"])


def move(rng: random.Random, tree: StoredTree, _expected: Files) -> Verb:
    archive = tree.root.parent / "store.tar"
    verb = "import" if archive.exists() and rng.random() < 0.5 else "export"
    return Verb(verb, [str(archive), "--json"])


VERBS = [(run, 30), (begin, 8), (finish, 10), (backup, 8), (rollback, 10), (recover, 11), (tend, 8),
         (look, 4), (move, 4)]


def edit(rng: random.Random, tree: StoredTree, model: Model) -> str:
    """Somebody changes the tree: a job's own deploy, a person, a checkout."""
    if model.sets and rng.random() < 0.2:
        label = rng.choice(sorted(model.sets))
        for path in tree.places().keys() | model.sets[label].keys():
            tree.put(path, model.sets[label].get(path))
        return f"somebody checks out {label}"
    path = rng.choice([*map(entrypoint, NAMES), COMPOSE])
    kind = rng.choices(["write", "delete", "chmod", "link", "directory", "service"],
                       [60, 12, 10, 5, 5, 8])[0]
    found = tree.places().get(path)
    if kind == "chmod" and found and found.kind == "file":
        (tree.root / path).chmod(found.mode ^ 0o111)
    elif kind == "delete":
        tree.put(path, None)
    elif kind == "service":
        remove(tree.root / SERVICES / rng.choice(NAMES))
    elif kind in ("link", "directory"):
        tree.put(path, Entry(kind, 0, b"/etc/hostname" if kind == "link" else b""))
    else:
        kind = "write"
        tree.put(path, script(rng, healthy=rng.random() < 0.6))
    return f"somebody: {kind} {path}"


def spoil(rng: random.Random, tree: StoredTree, model: Model) -> str:
    """Damage: a stored byte, a stored file's length, the index, the end of the records."""
    kind = rng.choice(["flip", "truncate", "index", "tear"])
    if kind == "index":
        (tree.control / "index").unlink(missing_ok=True)
        return "the index is lost"
    if kind == "tear":
        path = tree.control / rng.choice(["history.jsonl", "verdicts.jsonl"])
        if path.exists():
            with open(path, "ab") as file:
                file.write(b'{"format":1,"run":"0123456')
        return f"a crash tears {path.name}"
    labels = tree.labels()
    if not labels:
        return "no set to damage"
    label = rng.choice(labels)
    path = rng.choice(sorted(each for each in tree.shelf(label).rglob("*") if each.is_file()))
    inode = path.stat().st_ino
    content = bytearray(path.read_bytes())
    if kind == "truncate" or not content:
        del content[len(content) // 2:]
    else:
        content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)
    with open(path, "r+b") as file:
        file.write(content)
        file.truncate(len(content))
    # The clock of files ticks every few milliseconds only: what changed at once would be unseen.
    os.utime(path, ns=(0, path.stat().st_mtime_ns + 1_000_000_000))
    model.damaged |= {each for each in labels if any(
        file.is_file() and file.stat().st_ino == inode for file in tree.shelf(each).rglob("*"))}
    model.damaged |= {each for each in labels if tree.base(each) in model.damaged}
    return f"{kind}: {path.relative_to(tree.root)}"


