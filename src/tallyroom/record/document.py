"""`docs/record.md`, made of the declarations in `tables.py`: python -m tallyroom.record.document > docs/record.md"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from tallyroom.record.columns import Column, TableShape
from tallyroom.record.contest import FIGURES
from tallyroom.record.form import ROLES
from tallyroom.record.maps import MAPS
from tallyroom.record.measures import MEASURES, QUALIFIERS
from tallyroom.record.tables import COPIES, RETURNS, TABLES

__all__ = ["record_document"]

_INTRODUCTION = """\
# The election record

<!-- Made by `python -m tallyroom.record.document` of tables.py and measures.py beside it: change it there. -->

A record is a folder of plain files: `election.toml`, and tables as CSV that any spreadsheet opens. Only
`election.toml` has to be there. Tables are read as UTF-8 with or without a byte order mark, with LF, CRLF or
CR, and with comma, semicolon or tab, whichever makes the header match. They are written as UTF-8, LF, comma.
Any table may be Parquet instead (`areas.parquet`): the same columns, counts as INT64 and all else as text.
`tallyroom record convert` goes both ways.

- An empty cell is unknown. It is never zero, and never guessed.
- Every table's first column is `id`, unique in the whole record. Where nothing points to a row its id may stay
  empty: it is then made from the row's content (in returns and copies: of station and act), so that the same row
  has the same id everywhere.
- `source` names the documents a row rests on: ids of `sources.csv`, separated by spaces.
- Nothing is overwritten. A correction is a new row whose `supersedes` names the old one; the row in force keeps
  the first one's id. Returns and copies are corrected by a further act at the station instead.
- Dates are EDTF: `2024-02-07`, `2024-02-07T19:00+04:00`, `2024-01`, `../2024-02-06` (by then), `2024-02-06/..`
  (from then), `2024-01-15/2024-02-06`. A time without an offset is local time at the place of the election.
- Counts are whole numbers in the digits 0 to 9, without separators, up to 9223372036854775807.

A record that cannot be read is refused with all its faults at once: file, line, column, what stands there, what
was expected, and how to mend it.
"""

_DEFINITION = f"""\
## election.toml

What the election is, what is voted on, what the results form asks, and what the form itself must fulfil.
An unknown key is a fault.

| key | holds |
| --- | --- |
| `id`, `date`, `timezone` | the election's id; its polling day (EDTF); an IANA zone, such as `Asia/Baku` |
| `occasion` | regular (default), extraordinary, repeat, second-round, by-election |
| `stations` | `all` (default): stations.csv lists every station; `partial`: only some, so nothing is "missing" |
| `synthetic` | true for rehearsals: marked as such everywhere |
| `called_by`, `called` | who called it (a person or organisation), and when |
| `language` | of columns without one; empty is the first language of `[names]` |
| `[names]` | the election's name per language |
| `[[contests]]` | `id`, `names`; `rule`: see Rules below; `seats` (1); `choices` |
| … `choices` | ids of people or organisations, or `{{ id = "yes", names = {{ en = "Yes" }} }}` for what is neither |
| … `[contests.figures]` | {", ".join(f"`{name}`" for name in FIGURES)}: each an item of the form, or an expression |
| … `turnout_of` | what turnout counts, of `registered`: an item or expression; `cast` by default |
| … `shares_of`, `majority_of` | the base of shares, and of the majority: valid (default), cast or registered |
| … `threshold` | the percentage that a list needs at least to get seats: "5 %" or "3.5"; none by default |
| … `threshold_of` | the base of the threshold: valid (default), cast or registered |
| … `rounding`, `share_digits` | half-up (default), half-even or down; decimals of printed shares (2) |
| `[[form.items]]` | `id` (a-z, 0-9, _), `role`, `names`: the figures of the form, in its order |
| `[[form.checks]]` | `name`, `expression`, `tolerance` ("0", "2", "1 %"), `severity` (hard, soft), `on` (true) |
| `[[elections]]` | `id`, `date`, `names` of earlier elections that rows speak of |
| `[[facts]]` | `name`, `value`, `source`: what has no field |

Where a contest gives no `registered` figure, it is that of stations.csv. A figure it does not give is unknown.

Rules:

| rule | who gets the seats |
| --- | --- |
| `plurality` | the choices with most votes, as many as there are seats |
| `approval` | the same, where a ballot may approve several: votes may exceed ballots, so `valid` is of ballots |
| `absolute-majority` | the one with more than half of `majority_of`, else a second round of two; one seat |
| `dhondt` | lists, by the largest quotients of votes / 1, 2, 3 … |
| `sainte-lague` | lists, by the largest quotients of votes / 1, 3, 5 … |
| `modified-sainte-lague` | lists, by the largest quotients of votes / 1.4, 3, 5 … |
| `hare` | lists: a seat for each full quota of votes / seats, the rest to the largest remainders |
| `droop` | the same with the quota [votes / (seats + 1)] + 1, in whole votes |

Votes in these are of the lists that reach the threshold; exactly reaching it is enough. Ties are said, never broken.

Expressions have items, whole numbers, `+ - *`, parentheses and `sum(votes)`; a check joins two with `==`, `<=` or
`>=`: `valid == sum(votes)`, `registered >= issued + envelopes`. A tolerance is in ballots, or in percent of the
right side. A hard check that fails is an error, a soft one a warning; one whose figures are missing is listed as
what cannot be checked.

Roles, so that any country's form is understood: {", ".join(ROLES)}.
"""


def record_document() -> str:
    """The text of `docs/record.md`."""
    return "\n".join([_INTRODUCTION, _DEFINITION, *_tables(), _measures(), _maps()])


def _tables() -> Iterator[str]:
    for table in (*TABLES.values(), RETURNS, COPIES):
        yield _table(table)


def _table(table: TableShape) -> str:
    lines = [
        f"## {table.file}",
        "",
        f"One row is {table.row}.",
        "",
        "| column | holds | written as |",
        "| --- | --- | --- |",
    ]
    lines += [f"| `{column.name}` | {_holds(column)} | {_written(column)} |" for column in table.columns]
    lines += [
        f"| `{name}.xx` | {name} in the language xx (a BCP 47 tag), one column per language | text |"
        for name in table.translated
    ]
    if table.free:
        lines.append(f"| … | {table.free} | a whole number |")
    return "\n".join([*lines, ""])


def _holds(column: Column) -> str:
    says = column.says
    if column.name == "measure":
        return f"{says}: see Measures below"
    if column.words and column.to:
        says += f", or {' or '.join(column.words)}"
    elif column.words:
        says += f": {', '.join(column.words)}" + (" …" if column.more_words else "")
    return says + (f" ({column.unit})" if column.unit else "")


def _written(column: Column) -> str:
    written = column.kind.value
    if column.to:
        targets = " or ".join(column.to)
        written = f"ids of {targets}, separated by spaces" if column.many else f"an id of {targets}"
    if column.required:
        written += "; **needed**"
    return written + (f"; empty is {column.default}" if column.default else "")


def _measures() -> str:
    lines = [
        "## Measures",
        "",
        "What an announcement counts. One figure is measure + subject + counted + place + choice + about + as_of.",
        "",
        "| measure | its value |",
        "| --- | --- |",
        *(f"| `{name}` | {says} |" for name, says in MEASURES.items()),
        "",
        f"Qualifiers: {', '.join(QUALIFIERS)}. A range is two rows, at least and at most.",
        "",
    ]
    return "\n".join(lines)


def _maps() -> str:
    lines = [
        "## Maps",
        "",
        "Files beside the tables, for the page with the map; without them areas are tiles grouped by what they lie in.",
        "",
        "| file | holds |",
        "| --- | --- |",
        *(f"| `{name}` | {says} |" for name, says in MAPS.items()),
        "",
        "A feature names its area by a property `area`, or else by its `id`; a hexagon by its key, or by `area`.",
        "Several features of one area are its parts. A map may hold more than this record's areas, and fewer: the page",
        "says which areas have no shape, and how many shapes no area. Where both kinds are there, both are shown.",
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.stdout.write(record_document())
