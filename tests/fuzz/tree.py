# SPDX-License-Identifier: Apache-2.0
"""What lies on the disk, read with plain system calls: the live files, the stored sets, the records.

Nothing here asks the program under test. A set is read by its manifest and checked against it, as
section 2 of the design has it, so that a mistake of the program is not made twice.
"""

import hashlib
import json
import os
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path

SERVICES = "services"
ENTRYPOINT = "entrypoint.sh"
COMPOSE = "compose.yml"
NAMES = ("alpha", "beta", "gamma")


@dataclass(frozen=True)
class State:
    """One tracked place: a file, or what somebody put in its place."""

    kind: str  # file, link, directory, other
    mode: int = 0
    content: bytes = b""

    @property
    def executable(self) -> bool:
        return self.mode & 0o100 != 0

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    def __str__(self) -> str:
        return f"{self.kind} {self.mode:04o} {self.content[:30]!r}"


Live = dict[str, State]
Raw = dict[str, tuple[int, bytes]]


class Damaged(Exception):
    """A set that is not what its manifest says."""


def entrypoint(service: str) -> str:
    return f"{SERVICES}/{service}/{ENTRYPOINT}"


def state_of(path: Path) -> State | None:
    try:
        status = path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    if stat.S_ISREG(status.st_mode):
        return State("file", status.st_mode & 0o7777, path.read_bytes())
    if stat.S_ISLNK(status.st_mode):
        return State("link", 0, os.readlink(path).encode())
    return State("directory" if stat.S_ISDIR(status.st_mode) else "other")


def digest_of(files: Live) -> str:
    """The name of a version: SHA-256 over the sorted (path, executable bit, SHA-256)."""
    total = hashlib.sha256()
    for path in sorted(files, key=str.encode):
        kind = "x" if files[path].executable else "-"
        total.update(f"{path}\0{kind}\0{files[path].sha256}\n".encode())
    return total.hexdigest()


def differences(what: str, found: Live, wanted: Live) -> list[str]:
    return [f"{what}: {path} is {found.get(path, 'missing')}, not {wanted.get(path, 'missing')}"
            for path in sorted(found.keys() | wanted.keys()) if found.get(path) != wanted.get(path)]


def healthy(live: Live) -> bool:
    state = live.get(entrypoint("alpha"))
    return state is not None and state.kind == "file" and b"good" in state.content


def remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


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


def read_set(directory: Path, places: tuple[Path, ...] = ()) -> Live:
    """The files of a stored set, whole, or Damaged. Evidence rests on a set in one of `places`."""
    try:
        lines = [json.loads(line) for line in (directory / "_manifest.jsonl").read_text().splitlines()]
        entries, trailer = lines[1:-1], lines[-1]
        base = base_of(directory, lines[0], places)
        files: Live = {}
        for entry in entries:
            if not entry.get("absent"):
                place = base if entry.get("in_base") else directory
                content = (place / entry["stored"]).read_bytes()
                files[entry["path"]] = State("file", int(entry["mode"], 8), content)
                if files[entry["path"]].sha256 != entry["sha256"] or len(content) != entry["size"]:
                    raise Damaged(f"{directory}: {entry['path']}")
        if trailer["count"] != len(entries) or trailer["digest"] != digest_of(files):
            raise Damaged(f"{directory}: the trailer does not fit")
    except (OSError, ValueError, KeyError, IndexError) as error:
        raise Damaged(f"{directory}: {error}") from error
    return files


def raw_files(directory: Path) -> Raw:
    found: Raw = {}
    for above, _, names in os.walk(directory):
        for name in names:
            path = Path(above) / name
            if not path.is_symlink():
                found[str(path.relative_to(directory))] = (path.stat().st_mode, path.read_bytes())
    return found


SETS_OF_A_JOURNAL = {"backup", "stands_in", "target", "evidence"}


class Tree:
    def __init__(self, root: Path) -> None:
        self.root = root
        self.backups = root / "backups"
        self.control = self.backups / ".backstep"
        self.known: dict[str, str] = {}

    def live(self) -> Live:
        files: Live = {}
        services = self.root / SERVICES
        if services.is_dir():
            for service in sorted(services.iterdir()):
                state = None if service.is_symlink() else state_of(service / ENTRYPOINT)
                if state:
                    files[entrypoint(service.name)] = state
        state = state_of(self.root / COMPOSE)
        if state:
            files[COMPOSE] = state
        return files

    def put(self, path: str, state: State | None) -> None:
        """As an editor or a checkout does: a new inode in place of whatever lay there."""
        target = self.root / path
        remove(target)
        if state is None:
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        if state.kind == "file":
            target.write_bytes(state.content)
            target.chmod(state.mode)
        elif state.kind == "link":
            target.symlink_to(state.content.decode())
        else:
            target.mkdir()
            (target / "inner").write_bytes(b"inner")

    def shelf(self, label: str) -> Path:
        """`backups/ID`, `good/ID` or `failed/ID`."""
        kind, name = label.split("/")
        return self.backups / name if kind == "backups" else self.control / kind / name

    def read_set(self, label: str) -> Live:
        places = (self.backups, self.control / "good") if label.startswith("failed/") else ()
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

    def labels(self) -> list[str]:
        """Names of published sets; those with a dot are on their way in or out."""
        found = []
        for kind, place in (("backups", self.backups), ("good", self.control / "good"),
                            ("failed", self.control / "failed")):
            if place.is_dir():
                found += [f"{kind}/{name}" for name in sorted(os.listdir(place)) if name[0] != "."]
        return found

    def journal(self) -> dict | None:
        """With labels for the sets that it names."""
        try:
            journal = json.loads((self.control / "journal.json").read_text())
        except FileNotFoundError:
            return None
        for key in SETS_OF_A_JOURNAL & journal.keys():
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

    def everything(self) -> Raw:
        """All but the lock, whose text names its last holder."""
        files = raw_files(self.root)
        files.pop("backups/.backstep/lock", None)
        return files

    def staged_leftovers(self) -> list[str]:
        return [path for path in raw_files(self.root) if ".backstep-new" in path]
