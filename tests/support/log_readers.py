# SPDX-License-Identifier: Apache-2.0
"""How those who read a log understand it: what GitHub's runner obeys, what GitLab's page folds, what
steers a terminal. log_readers.py sections LOG: GitLab's markers, one a line, in their order."""
import re
import sys
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(1, str(Path(__file__).resolve().parent))

from github_runner import obeyed  # noqa: E402

OURS_ON_GITHUB = re.compile(r"::(group::▶ |endgroup::$|(error|warning) (file=[^,]*,(line=\d+,)?)?title=backstep)")
# GitLab takes a marker anywhere in a line, but whole: with the CR and the escape behind it.
MARKER = re.compile(r"section_(start|end):\d+:([A-Za-z0-9_.-]+)(?:\[[^\]\n]*\])?\r\x1b\[0K")
# C0 without LF and tab, DEL, C1, further ends of lines, what turns the direction of writing.
# A whole line in one colour, as ours are: what stands in it is looked at all the same.
COLOURED = re.compile(r"^\x1b\[(?:1|3[1236])m(.*)\x1b\[0m\r?$", re.M)
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f]")


def obeyed_of_others(log):
    """What GitHub's runner would obey of a log beside our own commands."""
    return [line for line in obeyed(log) if not OURS_ON_GITHUB.match(line)]


def sections(log):
    return MARKER.findall(log)


def open_after(markers):
    """Sections that are left open, and ends of those that nobody opened."""
    left = []
    for kind, name in markers:
        if kind == "start":
            left.append(name)
        elif left and left[-1] == name:
            left.pop()
        else:
            left.append("end of " + name)
    return left


def steering_lines(log):
    """Lines of ours that steer a terminal: what a command prints stands behind a bar."""
    ours = COLOURED.sub(r"\1", MARKER.sub("", log).replace("\x1b[0K", ""))
    return [line for line in re.split(r"\r\n|\r|\n", ours)
            if not line.startswith("  │ ") and STEERING.search(line)]


if __name__ == "__main__":
    for kind, name in sections(Path(sys.argv[2]).read_bytes().decode("utf-8", "replace")):
        print(kind, name)
