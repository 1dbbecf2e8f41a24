# SPDX-License-Identifier: Apache-2.0
"""Says whether answers of --json are as their schemas say, and have no member that those do not name.

    validate_answers.py SCHEMA-DIRECTORY ANSWER…     prints their kinds; exit 1 with the reason where one is not
"""
import json
import sys
from pathlib import Path

import jsonschema


def strict(schema):
    """The schema as it is, but for members that it does not name: readers pass over those, a test does not."""
    if isinstance(schema, list):
        return [strict(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: strict(part) for key, part in schema.items()}
    if isinstance(schema.get("properties"), dict):
        made.setdefault("additionalProperties", False)
    return made


def undescribed(schema, place="") -> list[str]:
    """Members without a description."""
    if not isinstance(schema, dict):
        return []
    found = [f"{place}/{name}" for name, member in schema.get("properties", {}).items() if not member.get("description")]
    for key, part in schema.items():
        for name, inner in part.items() if key in ("properties", "$defs") else [("", part)]:
            found += undescribed(inner, f"{place}/{key}/{name}".rstrip("/"))
    return found


def complaints(schema, answer) -> list[str]:
    wrong = [f"{name} has no description" for name in undescribed(schema)]
    for error in jsonschema.Draft202012Validator(strict(schema)).iter_errors(answer):
        # Of several shapes that are allowed the one counts that came nearest.
        while error.context:
            error = max(error.context, key=lambda inner: len(inner.absolute_path))
        wrong.append(f"{'/'.join(map(str, error.absolute_path))}: {error.message[:300]}")
    return wrong


directory, *files = map(Path, sys.argv[1:])
schemas = {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in directory.glob("*.json")}
for schema in schemas.values():
    jsonschema.Draft202012Validator.check_schema(schema)
kinds, wrong = set(), []
for file in files:
    answer = json.loads(file.read_text(encoding="utf-8"))
    kinds.add(answer["backstep"])
    if answer["backstep"] not in schemas:
        wrong.append(f"{file.name}: there is no schema of '{answer['backstep']}'")
        continue
    wrong += [f"{file.name}: {row}" for row in complaints(schemas[answer["backstep"]], answer)]
if wrong:
    sys.exit("\n".join(wrong))
print(*sorted(kinds), sep="\n")
