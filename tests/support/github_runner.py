#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Reads what a step left for GitHub's runner the way the runner does.

github_runner.py outputs FILE [NAME]   the outputs as NAME=VALUE lines (as JSON texts), or one value
github_runner.py commands LOG          the workflow commands that the runner would obey, one a line
"""
import json
import re
import sys

COMMANDS = {"add-mask", "add-matcher", "add-path", "debug", "echo", "endgroup", "error", "group",
            "notice", "remove-matcher", "save-state", "set-env", "set-output", "stop-commands",
            "warning"}


def read_outputs(text):
    """The file command format: NAME=VALUE or NAME<<DELIMITER, lines, DELIMITER. Anything else fails
    the step."""
    values = {}
    lines = text.split("\n")
    if lines[-1] != "":
        raise SystemExit("the last line has no end")
    lines = iter(lines[:-1])
    for line in lines:
        if not line:
            continue
        here = re.match(r"([^=]*?)<<(.+)$", line)
        if here and "=" not in here.group(1):
            value = []
            for part in lines:
                if part == here.group(2):
                    break
                value.append(part)
            else:
                raise SystemExit(f"no delimiter {here.group(2)}")
            values[here.group(1)] = "\n".join(value)
        elif "=" in line:
            name, value = line.split("=", 1)
            values[name] = value
        else:
            raise SystemExit(f"a line of no known form: {line!r}")
    return values


def obeyed(log):
    """Commands of both syntaxes: `::name ...::` at the start of a line, `##[name]` anywhere in it. A
    lone CR ends a line, as .NET's reader has it."""
    stopped = None
    for line in re.split(r"\r\n|\r|\n", log):
        known = COMMANDS | ({stopped} if stopped else set())
        found = re.match(r"::(\S+?)(?: .*?)?::(.*)$", line.lstrip())
        if not found or found.group(1) not in known:
            found = re.search(r"##\[(\S+?)(?: .*?)?\](.*)$", line)
        if not found or found.group(1) not in known:
            continue
        name, data = found.groups()
        if stopped:
            if name == stopped:
                stopped = None
            continue
        if name == "stop-commands":
            stopped = data
            continue
        yield line.strip()


def main():
    what, path, *rest = sys.argv[1:]
    with open(path, "rb") as file:
        text = file.read().decode("utf-8")
    if what == "outputs":
        values = read_outputs(text)
        if rest:
            print(values[rest[0]])
        else:
            for name, value in values.items():
                print(f"{name}={json.dumps(value)}")
    elif what == "commands":
        for line in obeyed(text):
            print(line)
    else:
        raise SystemExit(__doc__)


if __name__ == "__main__":
    main()
