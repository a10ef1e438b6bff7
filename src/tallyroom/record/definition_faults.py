"""What is wrong in the text of an `election.toml`, in words for the person who wrote it, and on which line."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from tallyroom.errors import Fault

__all__ = ["FILE", "column_of", "fault_of", "line_of", "no_toml", "path_of"]

FILE = "election.toml"
# What pydantic expects, in words for the person who writes the file.
_EXPECTED = {
    "int_type": "a whole number, without quotation marks",
    "string_type": "a text in quotation marks",
    "bool_type": "true or false, without quotation marks",
    "tuple_type": "a list in [ ]",
    "dict_type": "a table of keys and values",
    "model_type": "a table of keys and values",
    "model_attributes_type": "a table of keys and values",
    "too_short": 'at least one entry, such as en = "…"',
}


def no_toml(text: str, error: Exception) -> Fault:
    """What makes a text no TOML, in our words where its reader's are for programmers."""
    said = str(error)
    line = re.search(r"line (\d+)", said)
    at = int(line[1]) if line else 0
    if isinstance(error, RecursionError):
        return Fault(FILE, 0, "", "too many brackets inside each other", "TOML", "Look for brackets left open.")
    if "end of document" in said:
        at = len(text.splitlines())
    if not isinstance(error, tomllib.TOMLDecodeError):
        # Python reads no number of more than some thousand digits.
        at = next((n for n, row in enumerate(text.splitlines(), 1) if re.search(r"\d{4000}", row)), 0)
        return Fault(FILE, at, "", "a number of thousands of digits", "a number", "Look for a digit held down.")
    if "overwrite" in said or "twice" in said or "mutate" in said:
        return Fault(FILE, at, "", "a key or table that stands there already", "each key once", "Keep one of the two.")
    mend = "A text in TOML stands in quotation marks, and a list in [ ] with commas."
    return Fault(FILE, at, "", re.sub(r" \(at .*\)$", "", said), "TOML", mend)


def fault_of(text: str, error: Mapping[str, Any], keys: Callable[[Sequence[str | int]], list[str]]) -> Fault:
    """An error of pydantic's as a fault. keys: the keys that may stand beside the one that a path ends in."""
    path = path_of(error["loc"])
    last = str(path[-1]) if path else ""
    line = line_of(text, path)
    column = column_of(path)
    if error["type"] == "extra_forbidden":
        near = difflib.get_close_matches(last, sorted(keys(path)), 1)
        mend = f"The nearest is {near[0]}." if near else "What has no key can be a [[facts]] entry."
        return Fault(FILE, line, column, "unknown", f"one of the keys {', '.join(keys(path))}", mend)
    if error["type"] == "missing":
        return Fault(FILE, line, column, "missing", "a value", f"Write {last} = … .")
    message = str(error["msg"]).removeprefix("Value error, ").removeprefix("Input should be ")
    if error["type"] == "greater_than_equal":
        message = f"a whole number of {error['ctx']['ge']} or more"
    if error["type"] == "less_than_equal":
        message = f"a whole number of {error['ctx']['le']} or less"
    given = "" if isinstance(error["input"], dict | tuple | list | BaseModel) else repr(error["input"])
    if error["type"] == "literal_error":
        near = difflib.get_close_matches(str(error["input"]), re.findall(r"'([^']*)'", message), 1)
        return Fault(FILE, line, column, given, message.replace("'", ""), f"The nearest is {near[0]}." if near else "")
    given = given if len(given) <= 80 else given[:77] + "…"
    return Fault(FILE, line, column, given, _EXPECTED.get(error["type"], message))


def path_of(loc: Sequence[str | int]) -> list[str | int]:
    """A place in the definition, without the steps that only pydantic knows."""
    return [part for part in loc if part != "[key]" and not str(part).startswith("function-")]


def column_of(path: Sequence[str | int]) -> str:
    """A path into the definition as people read it: `contests[0].figures.cast`."""
    return ".".join(f"[{part}]" if isinstance(part, int) else part for part in path).replace(".[", "[")


def line_of(text: str, path: Sequence[str | int]) -> int:
    """The line of the key that a path ends in, or of the nearest table above it; 0 where none is found.

    TOML readers give no places, so this follows the headers of the tables and looks for the key below.
    """
    wanted = list(path)
    best, best_length = 0, 0
    count: dict[tuple[str | int, ...], int] = {}
    table: tuple[str | int, ...] = ()
    for at, line in enumerate(text.splitlines(), 1):
        header = re.match(r"\s*(\[{1,2})\s*([\w.\-\" ]+?)\s*\]", line)
        key = re.match(r"\s*([\w.\-\"]+)\s*=", line)
        if header:
            table = ()
            names = [name.strip(' "') for name in header[2].split(".")]
            for number, name in enumerate(names, 1):
                table += (name,)
                if number == len(names) and header[1] == "[[":
                    count[table] = count.get(table, -1) + 1
                if table in count:
                    table += (count[table],)
        place = [*table, *(name.strip('"') for name in key[1].split("."))] if key else list(table)
        if (header or key) and len(place) > best_length and place == wanted[: len(place)]:
            best, best_length = at, len(place)
    return best
