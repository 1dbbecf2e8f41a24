#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs a command and draws what it prints as a recording: record.py INTO.svg TITLE COMMAND…

Each line appears when it appeared; who wants no motion sees all of it at once. Exits as the command did."""
import html
import re
import subprocess
import sys
import time
import unicodedata

into, title, *command = sys.argv[1:]
COLUMN, ROW, EDGE = 7.3, 19, 12
CLASSES = {"1": "b", "31": "r", "32": "g", "33": "y", "2": "d", "36": "c"}


def columns(text):
    return sum(2 if unicodedata.east_asian_width(c) == "W" else 1 for c in text)


def spans(line):
    """The line with its colours, as spans; without any other escape."""
    parts, kind = [], ""
    for piece in re.split(r"(\x1b\[[0-9;]*m)", line):
        if piece.startswith("\x1b["):
            kind = " ".join(CLASSES[code] for code in piece[2:-1].split(";") if code in CLASSES)
        elif piece:
            text = html.escape(piece, quote=False)
            parts.append(f'<tspan class="{kind}">{text}</tspan>' if kind else text)
    return "".join(parts)


began, lines = time.monotonic(), [(0.4, "$ " + " ".join([command[0].rsplit("/", 1)[-1], *command[1:]]).replace(" --color always", ""))]
process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, text=True)
for line in process.stdout:
    lines.append((1.2 + time.monotonic() - began, line.rstrip("\n")))
# Lines that came at once appear one after the other, so that an eye can follow.
shown, last = [], 0.0
for at, line in lines:
    last = max(at, last + 0.12)
    shown.append((last, line))
wide = max(columns(re.sub(r"\x1b\[[0-9;]*m", "", line)) for _, line in shown) * COLUMN + 2 * EDGE
high = len(shown) * ROW + 2 * EDGE
with open(into, "w", encoding="utf-8") as file:
    file.write(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:.0f} {high}" role="img">\n<title>{html.escape(title)}</title>\n')
    file.write("<style>text{font:12px ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace;fill:#e6edf3;opacity:0;animation:come .1s forwards}"
               ".b{font-weight:700}.r{fill:#ff7b72}.g{fill:#56d364}.y{fill:#e3b341}.d{fill:#9198a1}.c{fill:#79c0ff}"
               "@keyframes come{to{opacity:1}}@media(prefers-reduced-motion:reduce){text{opacity:1;animation:none}}</style>\n")
    file.write('<rect width="100%" height="100%" rx="8" fill="#0d1117"/>\n')
    for row, (at, line) in enumerate(shown):
        if line:
            file.write(f'<text x="{EDGE}" y="{EDGE + 14 + row * ROW}" style="animation-delay:{at:.2f}s" xml:space="preserve">{spans(line)}</text>\n')
    file.write("</svg>\n")
sys.exit(process.wait())
