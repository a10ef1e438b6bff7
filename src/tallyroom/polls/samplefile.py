"""A drawn sample as a file of its own, to be handed over, and as rows of a record."""

from __future__ import annotations

import csv
import io

from tallyroom.errors import CannotDraw
from tallyroom.polls.draw import Drawn, Sample
from tallyroom.record.csvfile import decode, read_rows

__all__ = ["read_sample", "sample_rows", "sample_text"]

_COLUMNS = ["station", "stratum", "stratum_stations", "stratum_drawn", "order", "role", "ticket"]


def sample_rows(sample: Sample, name: str) -> list[dict[str, str]]:
    """The stations of a sample as rows of `drawn.csv`. name: the sample's id."""
    return [
        {
            "sample": name,
            "station": one.station,
            "stratum": one.stratum,
            "stratum_stations": str(sample.strata[one.stratum][0]),
            "order": str(one.order),
            "role": "replacement" if one.replacement else "sample",
            "ticket": one.ticket,
        }
        for one in sample.drawn
    ]


def sample_text(sample: Sample) -> str:
    """The sample as CSV, the same bytes each time: one station a line, replacements after those drawn."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for one in sample.drawn:
        stations, size = sample.strata[one.stratum]
        role = "replacement" if one.replacement else "sample"
        writer.writerow([one.station, one.stratum, stations, size, one.order, role, one.ticket])
    return written.getvalue()


def read_sample(data: bytes, file: str) -> Sample:
    """The sample that `sample_text` wrote, also as a spreadsheet saves it. Raises CannotDraw, with the line."""
    text, bad = decode(data, file)
    read = read_rows(text, file, _COLUMNS.__contains__)
    if bad or read.faults or not set(_COLUMNS) <= set(read.header):
        says = "; ".join(map(str, bad or read.faults)) or f"{file}, line 1: the columns are not {', '.join(_COLUMNS)}"
        raise CannotDraw(f"{says.rstrip('.')}. `tallyroom poll sample` writes it.")
    strata: dict[str, tuple[int, int]] = {}
    drawn: dict[str, Drawn] = {}
    for line, cells in zip(read.lines, read.rows, strict=True):
        row = dict(zip(read.header, cells, strict=True))
        try:
            of = (int(row["stratum_stations"]), int(row["stratum_drawn"]))
            role = {"sample": False, "replacement": True}[row["role"]]
            one = Drawn(row["station"], row["stratum"], int(row["order"]), role, row["ticket"])
        except (KeyError, ValueError):
            raise CannotDraw(f"{file}, line {line}: this is no line of a sample. Draw it again.") from None
        if strata.setdefault(one.stratum, of) != of or one.station in drawn or not 0 < of[1] <= of[0]:
            raise CannotDraw(f"{file}, line {line}: this line does not go with those above. Draw it again.")
        drawn[one.station] = one
    if not drawn:
        raise CannotDraw(f"{file} holds no station.")
    return Sample("", strata, list(drawn.values()))
