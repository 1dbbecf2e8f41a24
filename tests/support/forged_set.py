#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes a tar with one set whose manifest is valid to its last hash and names whatever is wanted.

forged_set.py FILE ID PATH...    each PATH is a tracked file of the set; a second word after `=` is its text
"""
import hashlib
import io
import json
import sys
import tarfile


def line(value):
    return json.dumps(value, separators=(",", ":")) + "\n"


def main():
    out, set_id, *wanted = sys.argv[1:]
    files = sorted((path, text.encode()) for path, _, text in (word.partition("=") for word in wanted))
    date, time = set_id.split("_")
    manifest = line({"backstep": "manifest", "format": 1, "id": set_id, "run": set_id,
                     "time": f"{date}T{time.replace('-', ':')}Z", "services_dir": "services",
                     "entrypoint_file": "entrypoint.sh", "files": [], "owner": "uid 0"})
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
    with tarfile.open(out, "w", format=tarfile.GNU_FORMAT) as archive:
        for name, text in [("_manifest.jsonl", manifest.encode())] + stored:
            entry = tarfile.TarInfo(f"{set_id}/{name}")
            entry.size = len(text)
            entry.mode = 0o755
            archive.addfile(entry, io.BytesIO(text))


main()
