#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes archives that an enemy would send, each with one evil, and beside each NAME.tar a NAME.says:
what must be said of it. Those whose evil is in the manifest are written as a set to plant, too.

    hostile_archives.py DIRECTORY
"""

import hashlib
import json
import sys
import tarfile
from pathlib import Path

ID = "2024-03-10_14-23-00"
UID = "0123456789abcdef0123"
TEBIBYTE = 1 << 40
TEXT = b"evil"
BLOCK = 512

Line = dict[str, object]


def dump(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode() + b"\n"


def header() -> Line:
    return {"backstep": "manifest", "format": 1, "uid": UID, "sequence": 1, "time": "2024-03-10T14:23:00Z",
            "scope": {"services_dir": ["services"], "entrypoint_file": "entrypoint.sh"}, "owner": "uid 0"}


def entry(path: str, stored: str = "a_entrypoint.sh", **changed: object) -> Line:
    return {"path": path, "stored": stored, "size": len(TEXT), "mode": "0755", "uid": 0, "gid": 0,
            "mtime": "1700000000.000000000", "sha256": hashlib.sha256(TEXT).hexdigest()} | changed


def manifest(entries: list[Line], **changed: object) -> bytes:
    """Valid to its last hash, but for what `changed` says of the trailer."""
    digest = hashlib.sha256()
    for each in sorted(entries, key=lambda line: str(line["path"]).encode()):
        digest.update(f"{each['path']}\0x\0{each['sha256']}\n".encode())
    text = dump(header()) + b"".join(dump(each) for each in entries)
    trailer = {"count": len(entries), "digest": digest.hexdigest(),
               "sha256": hashlib.sha256(text).hexdigest()}
    return text + dump(trailer | changed)


def member(name: str, size: int) -> tarfile.TarInfo:
    info = tarfile.TarInfo(f"{ID}/{name}")
    info.size = size
    info.mode = 0o755
    return info


def blocks(text: bytes) -> bytes:
    return text + b"\0" * (-len(text) % BLOCK)


def raw(info: tarfile.TarInfo, body: bytes = b"") -> bytes:
    """A header that may lie about what follows."""
    return info.tobuf(tarfile.GNU_FORMAT, "utf-8", "surrogateescape") + blocks(body)


def archive(*parts: bytes) -> bytes:
    return b"".join(parts) + b"\0" * (2 * BLOCK)


def part(name: str, text: bytes) -> bytes:
    return raw(member(name, len(text)), text)


A = "services/a/entrypoint.sh"
WHOLE = manifest([entry(A)])

MANIFESTS: dict[str, tuple[bytes, str]] = {
    "count-of-a-milliard": (manifest([entry(A)], count=10**9), "1000000000 counted, 1 there"),
    "count-too-small": (manifest([entry(A)], count=0), "0 counted, 1 there"),
    "count-negative": (manifest([entry(A)], count=-1), "count is -1"),
    "count-beyond-numbers": (manifest([entry(A)], count=10**30), "number too large"),
    "size-negative": (manifest([entry(A, size=-4)]), "size is -4"),
    "path-traversal": (manifest([entry("services/../../evil")]), "leaves the workspace"),
    "path-absolute": (manifest([entry("/etc/evil")]), "leaves the workspace"),
    "path-with-nul": (manifest([entry("services/a\0/evil")]), "leaves the workspace"),
    "path-empty": (manifest([entry("")]), "leaves the workspace"),
    "stored-outside": (manifest([entry(A, "../../evil")]), "stored name '../../evil' is not allowed"),
    "stored-absolute": (manifest([entry(A, "/etc/passwd")]), "stored name '/etc/passwd' is not"),
    "stored-in-the-manifest": (manifest([entry(A, "_manifest.jsonl")]), "is not allowed"),
    "stored-hidden": (manifest([entry(A, ".evil")]), "stored name '.evil' is not allowed"),
    "stored-with-nul": (manifest([entry(A, "a\0b")]), "is not allowed"),
    "stored-with-newline-and-escape": (
        manifest([entry(A, "../\n\x1b[31m")]), r"stored name '../\x0a\x1b[31m' is not allowed"),
    "setuid": (manifest([entry(A, mode="4755")]), "mode '4755' is not in 0000 to 0777"),
    "same-path-twice": (manifest([entry(A), entry(A)]), "comes after"),
    "nested-without-end": (dump(header()) + b"[" * 1_000_000 + b"\n", "nested too deeply"),
    "owner-beyond-numbers": (manifest([entry(A, uid=2**40)]), "uid is 1099511627776"),
}


def number(value: int) -> bytes:
    """Base 256, as GNU tar writes what does not fit eleven octal digits."""
    return (value % (1 << 96)).to_bytes(12, "big") if value < 0 else b"\x80" + value.to_bytes(11, "big")


def patched(block: bytes, at: int, value: bytes) -> bytes:
    """The header with that field, and the sum that fits."""
    head = bytearray(block)
    head[at:at + len(value)] = value
    head[148:156] = b" " * 8
    head[148:156] = b"%06o\0 " % sum(head)
    return bytes(head)


def sparse(name: str) -> bytes:
    """Four bytes at the end of a tebibyte of nothing: to read it through takes an hour."""
    info = member(name, len(TEXT))
    info.type = tarfile.GNUTYPE_SPARSE
    fields = {386: number(TEBIBYTE - len(TEXT)), 398: number(len(TEXT)), 483: number(TEBIBYTE)}
    head = raw(info)
    for at, value in fields.items():
        head = patched(head, at, value)
    return head + blocks(TEXT)


def special(kind: bytes, text: bytes, size: int) -> bytes:
    """A header that says more of the next one."""
    info = tarfile.TarInfo("././@Special")
    info.type = kind
    info.size = size
    return raw(info, text)


HUGE = manifest([entry(A, size=TEBIBYTE, sha256="0" * 64)])
NUL_NAME = f"{ID}/a_entrypoint.sh\0/../../../evil"

ARCHIVES: dict[str, tuple[bytes, str]] = {
    "file-of-a-tebibyte": (
        part("_manifest.jsonl", HUGE) + raw(member("a_entrypoint.sh", TEBIBYTE), TEXT), "ends too early"),
    "hole-of-a-tebibyte": (part("_manifest.jsonl", HUGE) + sparse("a_entrypoint.sh"), "has no place"),
    "unverified-hole-of-a-tebibyte": (sparse("a_entrypoint.sh"), "has no place"),
    "manifest-of-a-tebibyte": (raw(member("_manifest.jsonl", TEBIBYTE), WHOLE), "ends too early"),
    "manifest-with-a-hole": (sparse("_manifest.jsonl"), "has no place"),
    "name-of-a-tebibyte": (special(tarfile.GNUTYPE_LONGNAME, b"x", TEBIBYTE), "cannot read"),
    "words-of-a-tebibyte": (special(tarfile.XHDTYPE, b"9 path=x\n", TEBIBYTE), "cannot read"),
    "size-below-nothing": (
        patched(raw(member("a_entrypoint.sh", 4), TEXT)[:BLOCK], 124, number(-1024)) + blocks(TEXT), ""),
    "two-manifests": (
        part("_manifest.jsonl", WHOLE) * 2 + part("a_entrypoint.sh", TEXT), "its manifest comes after"),
    "two-of-a-name": (
        part("_manifest.jsonl", WHOLE) + part("a_entrypoint.sh", TEXT) * 2, "it is there twice"),
    "name-with-newline-and-escape": (
        part("_manifest.jsonl", WHOLE) + part("evil\n\x1b[31m", TEXT), r"evil\x0a\x1b[31m: not in"),
    "name-with-nul": (
        part("_manifest.jsonl", manifest([entry(A, "b_entrypoint.sh")]))
        + special(tarfile.XHDTYPE, words := f"{len(NUL_NAME) + 9} path={NUL_NAME}\n".encode(), len(words))
        + part("x", TEXT), "a_entrypoint.sh: not in the manifest"),
}


def main() -> None:
    out = Path(sys.argv[1])
    for name, (text, says) in MANIFESTS.items():
        ARCHIVES[name] = (part("_manifest.jsonl", text) + part("a_entrypoint.sh", TEXT), says)
        planted = out / f"{name}.set" / ID
        planted.mkdir(parents=True)
        (planted / "_manifest.jsonl").write_bytes(text)
        (planted / "a_entrypoint.sh").write_bytes(TEXT)
    for name, (parts, says) in ARCHIVES.items():
        (out / f"{name}.tar").write_bytes(archive(parts))
        (out / f"{name}.says").write_text(says)


if __name__ == "__main__":
    main()
