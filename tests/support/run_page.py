#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Types what a page of docs/ says, from its first line to its last, and compares what comes.

run_page.py [--show] PAGE DIRECTORY [FROM=TO …]

In an empty directory. A block behind `<!-- file: NAME -->` is written to that file. In a block `console` each line that begins with `$ `
is typed (with those behind it, where it ends with a backslash), and what stands beneath it must be what it
prints: times, IDs, digests and durations count as equal, and a line `…` stands for any lines. A command that
fails prints `(exit code N)` last. FROM=TO: what this machine needs otherwise, as a port. --show: prints what
came instead of comparing."""
import os
import re
import subprocess
import sys

VARIES = [
    (r"\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d", "ID"),
    (r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\dZ?", "TIME"),
    (r"\d{4}-\d\d-\d\d\b", "DAY"),
    (r"\b[0-9a-f]{8,64}\b", "HASH"),
    (r"\b\d+(\.\d+)? ?(ms|s|min)\b( \d+ ?s\b)?", "DURATION"),
    (r"\b\d+ attempts?\b|attempt \d+", "ATTEMPTS"),
    (r"\b\d+ failures in a row", "FAILURES"),
    (r"uid \d+", "UID"),
    (r" +", " "),
]


def alike(line):
    for pattern, word in VARIES:
        line = re.sub(pattern, word, line)
    return line.rstrip()


def blocks(text):
    """The blocks of the page in their order: (kind, name or None, lines)."""
    name, kind, lines = None, None, []
    for line in text.split("\n"):
        fence = re.match(r"```(\w*)$", line)
        mark = re.match(r"<!-- file: (\S+) -->$", line)
        if kind is None and mark:
            name = mark[1]
        elif kind is None and fence:
            kind, lines = fence[1] or "text", []
        elif kind is not None and line == "```":
            yield kind, name, lines
            name, kind = None, None
        elif kind is not None:
            lines.append(line)


def commands(lines):
    """Of a block `console`: (command, lines that it should print)."""
    found, open_end = [], False
    for line in lines:
        if open_end:
            found[-1][0] += "\n" + line
        elif line.startswith("$ "):
            found.append([line[2:], []])
        elif found:
            found[-1][1].append(line)
            continue
        open_end = line.endswith("\\")
    return found


def matches(wanted, got):
    wanted, got = [alike(line) for line in wanted], [alike(line) for line in got]
    pattern = "".join(r"(?:.*\n)*?" if line.strip() == "…" else re.escape(line) + "\n" for line in wanted)
    return re.fullmatch(pattern, "".join(line + "\n" for line in got)) is not None


class Shell:
    def __init__(self, directory):
        self.process = subprocess.Popen(["bash", "--norc"], stdin=subprocess.PIPE, cwd=directory, text=True,
                                        env={**os.environ, "PWD": directory})
        self.directory = directory

    def type(self, command):
        out, done = self.directory + "/.typed", self.directory + "/.done"
        os.mkfifo(done)
        self.process.stdin.write(f"{{ {command}\n}} >{out} 2>&1 </dev/null; echo $? >{done}\n")
        self.process.stdin.flush()
        with open(done, encoding="utf-8") as end:
            status = int(end.read())
        os.unlink(done)
        with open(out, encoding="utf-8") as text:
            lines = text.read().splitlines()
        return lines + [f"(exit code {status})"] * (status != 0)


def main():
    show = sys.argv[1] == "--show"
    page, directory, *changes = sys.argv[1 + show:]
    with open(page, encoding="utf-8") as file:
        text = file.read()
    for change in changes:
        text = text.replace(*change.split("=", 1))
    directory = os.path.realpath(directory)
    shell, typed = Shell(directory), 0
    for kind, name, lines in blocks(text):
        if name:
            where = os.path.join(directory, name)
            os.makedirs(os.path.dirname(where), exist_ok=True)
            with open(where, "w", encoding="utf-8") as file:
                file.write("\n".join(lines) + "\n")
            os.chmod(where, 0o755 if lines[0].startswith("#!") else 0o644)
        elif kind == "console":
            for command, wanted in commands(lines):
                typed += 1
                got = shell.type(command)
                if show:
                    print("\n".join(["$ " + command, *got]))
                elif not matches(wanted, got):
                    sys.exit(f"{page} shows something else for '{command}'. It is really:\n" + "\n".join(got))
    if typed == 0:
        sys.exit(f"{page} has no commands")
    if not show:
        print(f"{typed} commands of {page} do what it shows")


main()
