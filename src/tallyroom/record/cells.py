"""A column of text as a typed column, and a fault for every cell that is not what it should be.

A fault says what stands there, what was expected and how to mend it. No cell is guessed at: `1e6`,
`12.0` and `1 234` are whole numbers to a person, but which one was meant is for a person to say.
"""

from __future__ import annotations

import difflib
import re
import string
import unicodedata
from collections.abc import Callable, Sequence
from datetime import tzinfo

import pyarrow as pa
import pyarrow.compute as pc

from tallyroom.errors import Fault
from tallyroom.record.columns import LANGUAGE, Column, Kind
from tallyroom.record.dates import read_date
from tallyroom.record.keys import ID_PATTERN

__all__ = ["looks_like_a_date", "typed"]

_LARGEST = "9223372036854775807"
# Scalars of a stated type: pyarrow looks for a module on disk each time that it has to find the type itself.
_EMPTY, _NOTHING = pa.scalar("", pa.string()), pa.scalar(None, pa.string())
_LONGEST = pa.scalar(len(_LARGEST), pa.int32())
_COUNT = r"^(0|[1-9][0-9]*)$"
_DECIMAL = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?", re.ASCII)
_SHA256 = re.compile(r"[0-9a-f]{64}")
_UNREAD = re.compile(r"\S+:(illegible|not-on-form)( \S+:(illegible|not-on-form))*")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")  # all but tab and the ends of lines
_INVISIBLE = {"Cc", "Cf", "Zl", "Zp"}
_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_SPREADSHEET = re.compile(
    rf"\d{{1,2}}[-. /]{_MONTH}([-. /]\d{{2,4}})?|{_MONTH}[-. /]\d{{2,4}}"
    r"|\d{1,2}/\d{1,2}/\d{2,4}|\d{1,2}\.\d{1,2}\.\d{4}|\d{4}-\d\d-\d\d([ T]\d\d:\d\d(:\d\d)?)?|\d(\.\d+)?E\+\d+",
    re.IGNORECASE | re.ASCII,
)


# A quick sieve over very many ids, in the syntax of RE2: what passes is an id for certain.
_PLAIN_ID = r"^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$"
_LIKE_A_DATE = r"(?i)jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|^\d[0-9.e+]*$|^\d{4}-\d\d-|^\d+\.\d+\."
# A coarser one, over the bytes of all of them: no date without a sign between its parts.
_WORD = (string.ascii_letters + string.digits + "_").encode()
_LONGEST_ID = 100


def looks_like_a_date(text: str) -> bool:
    """Whether an id looks as if a spreadsheet had turned it into a date or a power of ten."""
    return _SPREADSHEET.fullmatch(text) is not None


def typed(
    column: Column, cells: Sequence[str] | pa.Array | pa.ChunkedArray, lines: Sequence[int], file: str, zone: tzinfo
) -> tuple[pa.Array, list[Fault]]:
    """The cells as int64 for counts and text for all else, null where empty; and the faults.

    cells: as written, or typed already and null where empty; of an Arrow column in pieces, only counts.
    A cell with a fault is null. Whether a pointer's row exists is not asked here.
    """
    text = cells if isinstance(cells, pa.Array | pa.ChunkedArray) else _or_null(pa.array(cells, pa.string()))
    faults: list[Fault] = []
    if column.required and not column.default:
        empty = pc.indices_nonzero(text.is_null()).to_pylist()
        expected = f"a word such as {', '.join(column.words[:3])}" if column.words else column.kind.value
        faults += [Fault(file, lines[at], column.name, "empty", expected, "Every row needs it.") for at in empty]
    if column.kind is Kind.COUNT and pa.types.is_integer(text.type):
        return text, faults
    if column.kind is Kind.COUNT:
        values, bad = _counts(text)
        faults += [Fault(file, lines[at], column.name, *_say_count(cells[at])) for at in bad]
        return values, faults
    doubtful = text
    if column.kind in (Kind.ID, Kind.POINTER):
        doubtful = _doubtful_ids(text)
    doubtful = pc.unique(doubtful)
    wrong = {cell: said for cell in doubtful.to_pylist() if cell and (said := _say(column, cell, zone))}
    if wrong:
        bad = pc.indices_nonzero(pc.is_in(text, pa.array(list(wrong)))).to_pylist()
        said_of = [text[at].as_py() for at in bad]
        faults += [
            Fault(file, lines[at], column.name, f"'{_short(cell)}'", *wrong[cell])
            for at, cell in zip(bad, said_of, strict=True)
        ]
        text = pc.if_else(pc.is_in(text, pa.array(list(wrong))), _NOTHING, text)
    return text, faults


def _or_null(text: pa.Array) -> pa.Array:
    return pc.if_else(pc.equal(text, _EMPTY), _NOTHING, text)


def _doubtful_ids(text: pa.Array) -> pa.Array:
    """Which of many ids need a second look: not ASCII, or with a month, date or power of ten in them."""
    data = text.buffers()[2]
    if data is None or not data.to_pybytes().translate(None, _WORD):
        longest = pc.max(pc.binary_length(text)).as_py() or 0
        if longest <= _LONGEST_ID and not pc.any(pc.starts_with(text, "_")).as_py():
            return text.slice(0, 0)
    plain = pc.match_substring_regex(text, _PLAIN_ID)
    plain = pc.and_(plain, pc.invert(pc.match_substring_regex(text, _LIKE_A_DATE)))
    return text.filter(pc.fill_null(pc.invert(plain), False))


def _short(cell: str) -> str:
    """A cell as a message shows it: on one line, not too long, and with what is invisible in it made visible."""
    cut = cell if len(cell) <= 60 else cell[:57] + "…"
    return "".join(f"‹U+{ord(c):04X}›" if unicodedata.category(c) in _INVISIBLE else c for c in cut)


def _counts(text: pa.Array) -> tuple[pa.Array, list[int]]:
    good = pc.match_substring_regex(text, _COUNT)
    length = pc.utf8_length(text)
    fits = pc.or_(
        pc.less(length, _LONGEST),
        pc.and_(pc.equal(length, _LONGEST), pc.less_equal(text, pa.scalar(_LARGEST, pa.string()))),
    )
    good = pc.and_(good, fits)
    bad = pc.indices_nonzero(pc.invert(good).fill_null(False)).to_pylist()
    return pc.if_else(good, text, _NOTHING).cast(pa.int64()), bad


def _say_count(cell: str) -> tuple[str, str, str]:
    """What a cell that is no count is, what was expected, and how to mend it."""
    found = f"'{_short(cell)}'"
    bare = cell.strip()
    expected = "a whole number"
    if bare != cell and re.fullmatch(r"\d+", bare, re.ASCII):
        return found, expected, "Take the space away."
    if re.fullmatch(r"\d+", bare, re.ASCII) and len(bare.lstrip("0")) >= len(_LARGEST):
        return found, "at most 9223372036854775807 (64 bits)", "Look at the form again."
    if re.fullmatch(r"0+\d+", bare, re.ASCII):
        return found, "a whole number without leading zeros", f"Write {bare.lstrip('0') or '0'}."
    if re.fullmatch(r"[-−]\d+", bare):
        return found, "a whole number of 0 or more", "A count cannot be negative: look at the form again."
    if re.fullmatch(r"\d+(\.\d+)?[eE]\+?\d+", bare, re.ASCII):
        return (
            found,
            expected,
            "A spreadsheet shortened it: format the column as a number without decimals, and check.",
        )
    if re.fullmatch(r"\d+[.,]0+", bare, re.ASCII):
        whole = re.split(r"[.,]", bare)[0]
        thousands = re.sub(r"\D", "", bare) if re.fullmatch(r"\d{1,3}[.,]000", bare) else ""
        other = f"; if {thousands}, write {thousands}" if thousands else ""
        return found, expected, f"If {_short(whole)} is meant, write {_short(whole)}{other}."
    if re.fullmatch(r"\d{1,3}([ ,.'’\u00a0\u202f_]\d{3})+", bare, re.ASCII):
        whole = re.sub(r"\D", "", bare)
        return found, expected, f"If {_short(whole)} is meant, write it so, without separators."
    if bare.isdecimal():
        ours = "".join(str(unicodedata.digit(letter)) for letter in bare)
        return found, "a whole number in the digits 0 to 9", f"Write {_short(ours)}."
    if bare.endswith("%"):
        return found, expected, "A count is no share: look at the form, and enter the count."
    if bare.lower() in ("-", "–", "n/a", "na", "?", "none", "null"):
        return found, expected, "Leave it empty; in returns, `unread` says why."
    return (
        found,
        expected,
        "Look at the form, and enter the figure it shows; if it cannot be read, leave the cell empty.",
    )


def _say(column: Column, cell: str, zone: tzinfo) -> tuple[str, str] | None:
    """What was expected of a cell that is not well written, and how to mend it; None if it is."""
    if _CONTROL.search(cell):
        return "text without control characters, which nobody sees", "Type it again."
    return _SAY[column.kind](column, cell, zone)


def _say_id(column: Column, cell: str, zone: tzinfo) -> tuple[str, str] | None:
    if column.kind is Kind.POINTER and cell in column.words:
        return None
    for part in cell.split(" ") if column.many else [cell]:
        if looks_like_a_date(part):
            return "an id", "It looks like a date that a spreadsheet made of an id: type it again, as text."
        if not ID_PATTERN.fullmatch(part):
            several = "; several are separated by one space" if column.many else ""
            return f"an id: letters, digits, and . _ - inside{several}", "Take all other signs out of it."
        if not unicodedata.is_normalized("NFC", part):
            return "an id in Unicode normal form C", "Type it again; two letters that look alike are two ids."
    if column.many and len(set(cell.split(" "))) < len(cell.split(" ")):
        return "each id once", "Take the second away."
    return None


def _say_word(column: Column, cell: str, zone: tzinfo) -> tuple[str, str] | None:
    if column.name == "language":
        return None if LANGUAGE.fullmatch(cell) else ("a language tag such as az or ru", "")
    if column.name == "country":
        return None if re.fullmatch(r"[A-Z]{2}", cell) else ("a country's two capital letters, such as AZ", "")
    if cell in column.words:
        return None
    near = difflib.get_close_matches(cell, column.words, 1, 0.6 if not column.more_words else 0.85)
    mend = f"The nearest is {near[0]}." if near else ""
    if not column.more_words:
        return f"one of {', '.join(column.words)}", mend
    if near:
        return "a known word, or one unlike all of them", f"The nearest is {near[0]}."
    if not re.fullmatch(r"[^\W_]+(-[^\W_]+)*", cell):
        return "a word, or words joined by -", ""
    return None


def _say_date(column: Column, cell: str, zone: tzinfo) -> tuple[str, str] | None:
    try:
        read_date(cell, zone)
    except ValueError as error:
        return str(error), ""
    return None


def _say_unread(column: Column, cell: str, zone: tzinfo) -> tuple[str, str] | None:
    return None if _UNREAD.fullmatch(cell) else (Kind.UNREAD.value, "")


def _say_decimal(column: Column, cell: str, zone: tzinfo) -> tuple[str, str] | None:
    if _DECIMAL.fullmatch(cell):
        return None
    comma = re.fullmatch(r"-?\d+,\d+", cell, re.ASCII)
    return (
        Kind.DECIMAL.value,
        f"Write {cell.replace(',', '.')}." if comma else "Write digits, and a point if need be.",
    )


def _say_sha256(column: Column, cell: str, zone: tzinfo) -> tuple[str, str] | None:
    return None if _SHA256.fullmatch(cell) else (Kind.SHA256.value, "")


def _say_nothing(column: Column, cell: str, zone: tzinfo) -> tuple[str, str] | None:
    return None


_SAY: dict[Kind, Callable[[Column, str, tzinfo], tuple[str, str] | None]] = {
    Kind.ID: _say_id,
    Kind.POINTER: _say_id,
    Kind.WORD: _say_word,
    Kind.DATE: _say_date,
    Kind.DECIMAL: _say_decimal,
    Kind.SHA256: _say_sha256,
    Kind.UNREAD: _say_unread,
    Kind.TEXT: _say_nothing,
}
