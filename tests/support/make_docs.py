# SPDX-License-Identifier: Apache-2.0
"""Makes of the table of settings what nobody is to write by hand: the manual page, the list of all settings, and the
schema of backstep.yml, by which editors complete and check it.

    make_docs.py BINARY            writes docs/backstep.1, docs/settings.md and docs/backstep.schema.json
    make_docs.py BINARY --check    writes nothing; exit 1 with the names of those that are not as they would be made
"""
import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
SCALAR = {"type": ["string", "number", "boolean", "null"]}
NUMBER = {"type": ["string", "integer", "null"]}
TEXTS = {"type": ["string", "number", "boolean", "array", "null"], "items": {"type": ["string", "number", "boolean"]}}
ARGUMENTS = {"type": "array", "items": {"type": ["string", "number", "boolean"]}, "minItems": 1}
PATH = {"type": ["string", "null"], "pattern": "^(?!~/)[^$]*$"}
UNITS = "([1-9][0-9]*d|0d)?([1-9][0-9]*h|0h)?([1-9][0-9]*m|0m)?([1-9][0-9]*s|0s)?([1-9][0-9]*ms|0ms)?"
DURATION = {"type": ["string", "integer", "null"], "pattern": f"^({UNITS}|0|[1-9][0-9]*)$", "minimum": 0}
SWITCH = {"enum": [True, False, None, 0, 1] + "true false yes no on off 1 0 True False Yes No On Off".split()}
COMMAND = {"oneOf": [{"type": "string"}, ARGUMENTS]}
REMOTE = {"type": "object", "additionalProperties": False, "properties": {
    "git": {"type": "string"}, "ref": {"type": "string"}, "fetch": COMMAND, "store": COMMAND, "required": SWITCH, "public": SWITCH}}
KINDS = {
    "a text": SCALAR,
    "a path": PATH,
    "a list of paths": {**TEXTS, "pattern": PATH["pattern"], "items": {"type": "string", "pattern": PATH["pattern"]}},
    "a list of texts": TEXTS,
    "a text or a list": {"oneOf": [{"type": ["string", "null"]}, ARGUMENTS]},
    "a URL": {"type": ["string", "null"], "pattern": "^[a-z]+://"},
    "git or a map": {"anyOf": [{"enum": ["git", None]}, REMOTE]},
    "a duration": DURATION,
    "a whole number": {**NUMBER, "pattern": "^(0|[1-9][0-9]*)$", "minimum": 0},
    "a list of exit codes": {**TEXTS, "items": {"type": ["string", "integer"]}},
    "true or false": SWITCH,
}


def ask(binary, *words):
    return subprocess.run([binary, "help", *words], stdout=subprocess.PIPE, check=True, text=True).stdout


def described(text, row):
    return text + (f" (default: {row['default']})" if row["default"] else "")


def shape(row):
    """What may stand behind the key of a setting."""
    if row["type"] == "a choice":
        made = {"enum": [*row["choices"], None]}
    elif row["type"] == "a list of rules":
        rule = {"enum": row["choices"]}
        made = {"anyOf": [rule, {"type": "array", "items": rule}, {"type": ["string", "null"], "pattern": "[,\n]"}]}
    else:
        made = dict(KINDS[row["type"]])
    return {"description": described(row["help"], row), **made}


def group(name, rows):
    keys = {row["key"].split(".")[1]: shape(row) for row in rows}
    made = {"type": ["object", "null"], "properties": keys, "additionalProperties": False}
    if name == "health_check":
        made["not"] = {"required": ["test", next(row["key"] for row in rows if row["type"] == "a URL").split(".")[1]]}
    return made


def schema(rows):
    in_file = [row for row in rows if row["key"]]
    names = {row["key"].split(".")[0]: [] for row in in_file if "." in row["key"]}
    for row in in_file:
        if "." in row["key"]:
            names[row["key"].split(".")[0]].append(row)
    keys = {row["name"]: shape(row) for row in in_file if row["flag"]}
    check = group("health_check", [row for row in names["health_check"] if row["of_any_check"]])
    check = {"description": "how this service is checked", "anyOf": [KINDS["a text or a list"], check]}
    service = {
        "type": ["object", "null"],
        "properties": {
            "health_check": check,
            "on_failure": {"description": "whether its failing check rolls back, or only warns",
                           "enum": ["rollback", "warn", None]},
        },
        "additionalProperties": False,
    }
    for name, members in names.items():
        alone = keys.get(name)
        made = group(name, members)
        keys[name] = made if alone is None else {"description": alone.pop("description"), "anyOf": [alone, made]}
    keys["each_service"] = {"description": "the check of each service that has no entry in services", **service}
    keys["services"] = {"description": "single services, by name, and their checks", "type": ["object", "null"],
                        "additionalProperties": service}
    made = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "backstep.yml",
        "description": "Settings of backstep, a pipeline step that can step back. Made of its table of settings.",
        "type": ["object", "null"],
        "properties": dict(sorted(keys.items())),
        "additionalProperties": False,
    }
    return json.dumps(made, indent=2, ensure_ascii=False) + "\n"


def settings_page(rows):
    lines = [
        "# All settings",
        "",
        "[All pages](README.md)",
        "",
        "Made of the table of settings (`tests/support/make_docs.py`), as is [the schema](backstep.schema.json) by which",
        "editors complete and check `backstep.yml`. A flag outranks a variable, a variable the file. Each variable is there",
        "with the prefix `BACKSTEP_`, and for the plugins and actions of CI systems with `PLUGIN_` and `INPUT_`, which",
        "outrank it. In the file a setting stands by its name or in its group: `health_retries: 3` or",
        "`health_check: {retries: 3}`.",
        "",
        "| setting | flag | in its group | takes | default | means |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for row in rows:
        grouped = f"`{row['key']}`" if "." in row["key"] else "–" if row["key"] else "not in the file"
        takes = ", ".join(f"`{word}`" for word in row["choices"]) if row["type"] == "a choice" else row["type"]
        default = f"`{row['default']}`" if row["default"] else ""
        name, flag = (f"`{row['name']}`", f"`{row['flag']}`") if row["flag"] else ("only in the file", "–")
        lines.append(f"| {name} | {flag} | {grouped} | {takes} | {default} | {row['help']} |")
    return "\n".join(lines) + "\n"


def troff(text):
    made = text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq")
    return re.sub(r"^\.", r"\\&.", made, flags=re.M)


def manual(rows, overview, exit_codes, version):
    verbs = re.findall(r"^  ([a-z]+) +(.+)$", overview, flags=re.M)
    codes = re.findall(r"^\| ([0-9n+]+) \| ([^|]+) \|$", exit_codes,
                       flags=re.M)
    made = [
        '.\\" Made by tests/support/make_docs.py.',
        f'.TH BACKSTEP 1 "" "backstep {version}" "User Commands"',
        ".SH NAME",
        "backstep \\- a pipeline step that can step back",
        ".SH SYNOPSIS",
        ".B backstep",
        ".I VERB",
        "[\\fIflags\\fR]",
        ".SH DESCRIPTION",
        troff("Put it around the risky part of a deploy: it backs up the files that are about to be regenerated, runs "
              "the generator and the deploy, asks the health check, and when the check's exit code says that the "
              "deploy failed, it rolls back by itself: the files of the last version that worked come back, and the "
              "rollback command puts them live. It runs on Linux."),
        ".PP",
        troff("Called without a verb in a CI system, it takes it from INPUT_COMMAND, PLUGIN_COMMAND or "
              "BACKSTEP_COMMAND. 'backstep help VERB' shows the flags of one verb."),
        ".SH VERBS",
    ]
    for name, summary in verbs:
        made += [".TP", f".B {name}", troff(summary)]
    made += [".SH SETTINGS",
             troff("Each setting is a flag, a variable (BACKSTEP_, or PLUGIN_ and INPUT_, which outrank it, and the name "
                   "in upper case) and a key of backstep.yml, in this order of precedence. Durations: 500ms 30s 1m30s "
                   "2h 30d; a bare number is seconds.")]
    for row in (row for row in rows if row["flag"]):
        takes = "|".join(row["choices"]) if row["type"] in ("a choice", "true or false") else row["type"].split()[-1]
        made += [".TP", f"\\fB{troff(row['flag'])}\\fR \\fI{troff(takes)}\\fR", troff(described(row["help"], row))]
        if "." in row["key"]:
            made += [".br", troff(f"In the file also {row['key']}.")]
    made.append(".SH EXIT STATUS")
    for code, means in codes:
        made += [".TP", f".B {code}", troff(means)]
    made += [
        ".SH FILES",
        ".TP", ".I backstep.yml",
        troff("The settings: the nearest one from the current directory upwards. backstep.NAME.yml overlays it with "
              "--environment NAME."),
        ".TP", ".I backups/",
        "The store: one directory for each backup, and .backstep/ with what is known of them.",
        ".SH EXAMPLES",
        ".EX",
    ]
    made += [troff(line) for line in ("backstep init", "backstep run --generate ./generate.sh --deploy 'docker compose up -d' \\",
                                      "    --health-check 'curl -fsS http://localhost:8080/health'", "backstep status",
                                      "backstep rollback --to last-good")]
    return "\n".join(made + [".EE", ".SH SEE ALSO", ".BR docker\\-compose (1),", ".BR git (1)"]) + "\n"


def main():
    binary = sys.argv[1]
    rows = json.loads(ask(binary, "settings", "--json"))["settings"]
    version = subprocess.run([binary, "version"], stdout=subprocess.PIPE, check=True, text=True).stdout.split()[1]
    made = {
        "docs/backstep.1": manual(rows, ask(binary), (ROOT / "docs/exit-codes.md").read_text(encoding="utf-8"), version),
        "docs/settings.md": settings_page(rows),
        "docs/backstep.schema.json": schema(rows),
    }
    other = []
    for name, text in made.items():
        file = ROOT / name
        if sys.argv[2:] != ["--check"]:
            file.write_text(text, encoding="utf-8")
        elif not file.exists() or file.read_text(encoding="utf-8") != text:
            other.append(name)
    if other:
        sys.exit(f"not as the settings are: {', '.join(other)}; python3 tests/support/make_docs.py BINARY makes them")


main()
