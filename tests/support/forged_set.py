#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes a tar with one set whose manifest is valid to its last hash and names whatever is wanted.

forged_set.py [--uid UID] [--sequence N] [--shelf good|failed] [--made ID] FILE ID PATH...
    Each PATH is a tracked file of the set; a second word after `=` is its text. The uid is made from
    the ID unless it is given; `--made` is the second in which it was made, if that is not its ID.
"""
import argparse
import hashlib
import io
import json
import tarfile


def line(value):
    return json.dumps(value, separators=(",", ":")) + "\n"


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--uid")
    parser.add_argument("--sequence", type=int, default=1)
    parser.add_argument("--shelf", choices=["good", "failed"])
    parser.add_argument("--made")
    parser.add_argument("file")
    parser.add_argument("id")
    parser.add_argument("wanted", nargs="*")
    return parser.parse_args()


def main():
    args = arguments()
    files = sorted((path, text.encode()) for path, _, text in (word.partition("=") for word in args.wanted))
    date, time = (args.made or args.id).split("_")
    uid = args.uid or hashlib.sha256(args.id.encode()).hexdigest()[:20]
    manifest = line({"backstep": "manifest", "format": 1, "uid": uid, "sequence": args.sequence,
                     "time": f"{date}T{time.replace('-', ':')}Z", "owner": "uid 0",
                     "scope": {"services_dir": ["services"], "entrypoint_file": "entrypoint.sh"}})
    digest = hashlib.sha256()
    stored = []
    for number, (path, text) in enumerate(files):
        content = hashlib.sha256(text).hexdigest()
        stored.append((f"_files/{number}", text))
        manifest += line({"path": path, "stored": stored[-1][0], "size": len(text), "mode": "0755", "uid": 0,
                          "gid": 0, "mtime": "1700000000.000000000", "sha256": content})
        digest.update(path.encode() + b"\0x\0" + content.encode() + b"\n")
    manifest += line({"count": len(files), "digest": digest.hexdigest(),
                      "sha256": hashlib.sha256(manifest.encode()).hexdigest()})
    shelf = f".backstep/{args.shelf}/" if args.shelf else ""
    with tarfile.open(args.file, "w", format=tarfile.GNU_FORMAT) as archive:
        for name, text in [("_manifest.jsonl", manifest.encode())] + stored:
            entry = tarfile.TarInfo(f"{shelf}{args.id}/{name}")
            entry.size = len(text)
            entry.mode = 0o755
            archive.addfile(entry, io.BytesIO(text))


main()
