# SPDX-License-Identifier: Apache-2.0
"""A tree whose stored sets and records are read, and checked, as section 2 of the design has it."""

import json
from pathlib import Path

from harness.files import Entry, Files, digest_of, entrypoint
from harness.recovery import Journal
from harness.tree import Tree

NAMES = ("alpha", "beta", "gamma")


class Damaged(Exception):
    """A set that is not what its manifest says."""


def healthy(live: Files) -> bool:
    state = live.get(entrypoint("alpha"))
    return state is not None and state.kind == "file" and b"good" in state.content


def uid_of(directory: Path) -> str:
    """"" where it has no manifest that reads."""
    try:
        with (directory / "_manifest.jsonl").open() as file:
            return str(json.loads(file.readline()).get("uid", ""))
    except (OSError, ValueError, AttributeError):
        return ""


def base_of(directory: Path, header: dict, places: tuple[Path, ...]) -> Path:
    """The set itself where it rests on none."""
    found = [each for place in places if "base" in header for each in sorted(place.iterdir())
             if uid_of(each) == header["base"]]
    if "base" in header and not found:
        raise Damaged(f"{directory}: {header['base']} is gone")
    return found[0] if found else directory


def read_set(directory: Path, places: tuple[Path, ...] = ()) -> Files:
    """The files of a stored set, whole, or Damaged. Evidence rests on a set in one of `places`."""
    try:
        lines = [json.loads(line) for line in (directory / "_manifest.jsonl").read_text().splitlines()]
        entries, trailer = lines[1:-1], lines[-1]
        base = base_of(directory, lines[0], places)
        files: Files = {}
        for entry in entries:
            if not entry.get("absent") and not entry.get("unstored"):
                place = base if entry.get("in_base") else directory
                content = (place / entry["stored"]).read_bytes()
                files[entry["path"]] = Entry("file", int(entry["mode"], 8), content)
                if files[entry["path"]].sha256 != entry["sha256"] or len(content) != entry["size"]:
                    raise Damaged(f"{directory}: {entry['path']}")
        if trailer["count"] != len(entries) or trailer["digest"] != digest_of(files):
            raise Damaged(f"{directory}: the trailer does not fit")
    except (OSError, ValueError, KeyError, IndexError) as error:
        raise Damaged(f"{directory}: {error}") from error
    return files


SETS_OF_A_JOURNAL = {"backup", "stands_in", "target", "evidence"}


class StoredTree(Tree):
    """A tree whose sets are read by their manifests."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.known: dict[str, str] = {}

    def read_set(self, label: str) -> Files:
        places = (self.store, self.control / "good") if label.startswith("failed/") else ()
        return read_set(self.shelf(label), places)

    def base(self, label: str) -> str:
        """The label of what an evidence rests on, "" for none."""
        if not label.startswith("failed/"):
            return ""
        try:
            lines = (self.shelf(label) / "_manifest.jsonl").read_text().splitlines()
            name = json.loads(lines[0]).get("base", "")
        except (OSError, ValueError, IndexError):
            return ""
        label = self.named(name)
        return "" if label.startswith("failed/") else label

    def composed_of(self, set_id: str) -> list[str]:
        """The IDs of the known version and of the run's backup that a set was made of; none for any
        other set."""
        try:
            lines = (self.shelf(f"good/{set_id}") / "_manifest.jsonl").read_text().splitlines()
            header = json.loads(lines[0])
        except (OSError, ValueError, IndexError):
            return []
        is_composed = header.get("made_by") == "composed"
        return header["message"].removeprefix("composed of ").split(" and ") if is_composed else []

    def named(self, name: str) -> str:
        """The label of the set that journal and manifests call so, "" where there is none. A damaged
        manifest may not say it any more."""
        self.known |= {uid_of(self.shelf(label)): label for label in self.labels()}
        return self.known.get(name, "") if name else ""

    def journal(self) -> Journal | None:
        """With labels for the sets that it names."""
        journal = super().journal()
        for key in SETS_OF_A_JOURNAL & (journal or {}).keys():
            journal[key] = self.named(journal[key])
        return journal

    def lines(self, name: str) -> list[dict]:
        """Of history or verdicts; a torn last line is as if it had never been written."""
        try:
            text = (self.control / f"{name}.jsonl").read_bytes()
        except FileNotFoundError:
            return []
        found = []
        for line in text.split(b"\n"):
            try:
                found.append(json.loads(line))
            except ValueError:
                continue
        return [line for line in found if isinstance(line, dict)]
