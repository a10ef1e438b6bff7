"""Files of one JSON object a line, each with an id of its own: `claims.jsonl` and `reuse.jsonl`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from tallyroom.errors import Fault
from tallyroom.record.csvfile import decode
from tallyroom.record.tablefile import opened

__all__ = ["read_lines", "written_lines"]


def read_lines(path: Path, faults: list[Fault]) -> list[dict[str, Any]]:
    """The objects of a file; none, where it is not there. What cannot be one becomes a fault."""
    if not path.exists() and not path.is_symlink():
        return []
    data = opened(path, path.name, faults, lambda file: file.read())
    text, bad = decode(data or b"", path.name)
    faults += bad
    told: list[dict[str, Any]] = []
    lines: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            one = json.loads(line)
            json.dumps(one, ensure_ascii=False, allow_nan=False).encode()
        except (ValueError, RecursionError) as error:
            at = f", from letter {error.colno} on" if isinstance(error, json.JSONDecodeError) else ""
            mend = "It may hold NaN, half a letter, an endless number or brackets without end." if not at else ""
            faults.append(Fault(path.name, number, "", f"no JSON{at}", "one JSON object a line", mend))
            continue
        if not isinstance(one, dict) or not isinstance(one.get("id"), str):
            faults.append(Fault(path.name, number, "id", "missing", "a JSON object with an id", "Give it one."))
        elif one["id"] in lines:
            mend = f"Line {lines[one['id']]} has it: give one of the two another."
            faults.append(Fault(path.name, number, "id", f"'{one['id']}'", "an id of its own", mend))
        else:
            lines[one["id"]] = number
            told.append(one)
    return told


def written_lines(told: Iterable[Mapping[str, Any]]) -> bytes:
    """The file that holds these objects."""
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in told).encode()
