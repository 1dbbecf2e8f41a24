#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes a backup the way the generator before backstep did: copies side by side, no manifest.

Usage: original_backup.py [YYYY-MM-DD_HH-MM-SS]
"""
import datetime
import pathlib
import shutil
import sys


def main():
    now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d_%H-%M-%S")
    backup = pathlib.Path("backups") / (sys.argv[1] if len(sys.argv) > 1 else now)
    backup.mkdir(parents=True)
    for script in pathlib.Path("services").glob("*/entrypoint.sh"):
        shutil.copy(script, backup / f"{script.parent.name}_entrypoint.sh")
    print("backed up to", backup)


if __name__ == "__main__":
    main()
