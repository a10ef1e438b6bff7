"""Everything that can stop the work, in one tree.

    TallyroomError
    ├── CannotReadRecord      a record with faults: all of them, each with file, line and mend
    ├── CannotWrite           a folder that is not ours to write to, or cannot be written
    ├── CannotTabulate        figures that cannot be added, such as sums beyond 64 bits
    ├── CannotImport          official files or a mapping with faults, told in the same way
    ├── CannotReadDocument    a text, page or PDF that no claims can be read from
    ├── CannotTrust           a note, proof, tile or log that is malformed or does not hold
    ├── CannotLog             a log that nothing can be added to: its key, its lock, what its key signed before
    ├── CannotEstimate        interviews or figures that nothing can be estimated from
    │   ├── CannotDraw        a sample that cannot be drawn as asked
    │   └── NoPatterns        returns whose shape cannot be described: too few, or without a quantity
    └── NotFound              a record, figure, area or contest that is not there
        └── NoSuchMapping

An exception means that we could not do the work. What is odd in the figures themselves is never
an exception: it is a finding (`tallyroom.check.findings`), and the figures stay as they were written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = [
    "CannotDraw",
    "CannotEstimate",
    "CannotImport",
    "CannotLog",
    "CannotReadDocument",
    "CannotReadRecord",
    "CannotTabulate",
    "CannotTrust",
    "CannotWrite",
    "Fault",
    "NoPatterns",
    "NoSuchMapping",
    "NotFound",
    "TallyroomError",
]

_SHOWN_OF_A_KIND = 20


class TallyroomError(Exception):
    """The work could not be done; the message says what is wrong, where, and how to mend it."""


@dataclass(frozen=True, order=True)
class Fault:
    """One thing in a file that cannot be read, in words for the person who will mend it.

    file: relative to the record (or the path as given, for files outside one).
    line: 1 is the first line; 0 is the file as a whole.
    column: the column's or key's name; empty is the line as a whole.
    found: what stands there; expected: what should; mend: how to put it right.
    """

    file: str
    line: int = 0
    column: str = ""
    found: str = ""
    expected: str = ""
    mend: str = ""

    def __str__(self) -> str:
        where = self.file + (f", line {self.line}" if self.line else "")
        what = f"{self.column} is {self.found}" if self.column and self.found else self.column or self.found
        says = f"{where}: {what}" if what else where
        if self.expected:
            says += f"; expected {self.expected}"
        return f"{says}. {self.mend}".rstrip() if self.mend else f"{says}."

    def as_json(self) -> dict[str, str | int]:
        """The fault as `--json` prints it."""
        return {
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "found": self.found,
            "expected": self.expected,
            "mend": self.mend,
        }


def _told(what: str, faults: Sequence[Fault]) -> str:
    """A first line, then the faults; where very many are of one kind, the first twenty stand for the rest."""
    lines = [f"{what}: {len(faults)} fault{'s' if len(faults) != 1 else ''}."]
    totals = Counter((f.file, f.column, f.expected) for f in faults)
    shown: Counter[tuple[str, str, str]] = Counter()
    for fault in faults:
        kind = (fault.file, fault.column, fault.expected)
        shown[kind] += 1
        if shown[kind] <= _SHOWN_OF_A_KIND:
            lines.append(f"  {fault}")
        elif shown[kind] == totals[kind]:
            lines.append(f"  … and {totals[kind] - _SHOWN_OF_A_KIND} more of this kind, to line {fault.line}.")
    return "\n".join(lines)


class CannotReadRecord(TallyroomError):
    """A record that cannot be read, with every fault in it.

    The message lists the faults in order of file and line; where very many are of one kind (one
    column of one file), the first twenty stand for the rest, which are counted. `faults` has all.
    """

    def __init__(self, record: str, faults: Sequence[Fault]) -> None:
        self.record = record
        self.faults = sorted(faults)
        super().__init__(_told(f"{record} cannot be read", self.faults))


class CannotWrite(TallyroomError):
    """A folder that is not ours to write to, or that cannot be written."""


class CannotTabulate(TallyroomError):
    """Figures that cannot be added up, such as a sum beyond 64 bits."""


class CannotReadDocument(TallyroomError):
    """A document that is no text, HTML or PDF, is damaged, or is too large."""


class CannotImport(TallyroomError):
    """Official files, or a mapping, that cannot be read, with every fault in them.

    The message is like that of CannotReadRecord; the faults stay in the order in which they were found.
    """

    def __init__(self, what: str, faults: Sequence[Fault]) -> None:
        self.what = what
        self.faults = list(faults)
        super().__init__(_told(f"{what} cannot be imported", self.faults))


class CannotTrust(TallyroomError):
    """A note, proof, tile or log that is malformed or does not hold; the message says which and why."""


class CannotLog(TallyroomError):
    """A log that nothing can be added to, such as one without its key, or behind what its key has signed."""


class CannotEstimate(TallyroomError):
    """Interviews or figures that nothing can be estimated from; the message says why."""


class CannotDraw(CannotEstimate):
    """A sample that cannot be drawn as asked; the message says why and what can."""


class NoPatterns(CannotEstimate):
    """Returns whose shape cannot be described; the message says what is missing."""


class NotFound(TallyroomError):
    """A record, figure, area or contest that is not there."""


class NoSuchMapping(NotFound):
    """No built-in mapping has this name and no file stands there."""
