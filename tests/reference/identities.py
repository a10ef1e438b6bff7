"""How many stations violate an arithmetic identity, worked out with the product's own expressions.

An identity is a text such as `received == issued_total + cancelled`; its words stand for items of a country's form.
A row with a missing operand counts as violating an equality and as satisfying an inequality.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections import Counter

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from tallyroom.record.expressions import Comparison, read_check
from tallyroom.tabulate.frames import Acts, acts_of
from tests.reference.elections import RealElection

__all__ = ["identity"]

Reals = NDArray[np.float64]

_RUSSIA = {
    "sum(candidates)": "sum(votes)",
    "issued_total": "issued_early + issued_at_station + issued_outside",
    "box_total": "box_portable + box_stationary",
    "cancelled": "unused",
    "unaccounted": "not_counted",
    "absentee certs: received": "certificates_received",
    "issued_at_station + unused + lost": "certificates_issued + certificates_unused + certificates_lost",
}
_POLAND = {
    "sum(candidates)": "sum(votes)",
    "cards received": "received",
    "cards from urn": "cards",
    "cards from envelopes": "cards_from_envelopes",
    "cards valid": "cards_valid",
    "cards invalid": "cards_invalid",
    "votes valid": "valid",
    "votes invalid": "invalid",
    "envelopes put in urn": "envelopes",
}
# Why votes are invalid; the form of the second round lacks the last.
_REASONS = ("invalid_several", "invalid_none", "invalid_struck_off")
_UGANDA = {"sum(candidates)": "sum(votes)"}
_GEORGIA = {
    "sum(candidates)": "sum(votes)",
    "ballots received": "received",
    "turnout 12": "by_12",
    "turnout 17": "by_17",
    "registered missing/zero": "registered == 0",
}
# `issued_at_station` stands for ballots, but after "absentee certs:" for certificates.
_CERTIFICATES = "absentee certs:"


def identity(election: RealElection, text: str) -> dict[str, int]:
    """What a case may expect of an identity: violations, stations, and by how much. Raises ValueError for a text
    that is not understood."""
    table = election.record.returns(election.contest.id)
    assert table is not None
    acts = acts_of(election.record, election.contest, table)
    stations = len(acts)
    if "unique" in text or text.startswith("duplicate"):
        return {"violations": _repeated(election, text), "stations": stations}
    if "duplicates of another" in text:
        return {"violations": _alike(acts), "stations": stations}
    if text.startswith("negative values"):
        figures = [*acts.items.values(), *acts.votes.values()]
        return {"violations": int(np.any([_filled(f, 0) < 0 for f in figures], axis=0).sum()), "stations": stations}
    parts = [part.strip() for part in _plain(text, election).split(" or ")]
    answers = [_condition(acts, part, election) for part in parts]
    if len(parts) > 1:
        return {"violations": int(np.any([violated for violated, _ in answers], axis=0).sum()), "stations": stations}
    [(violated, amounts)] = answers
    return {"violations": int(violated.sum()), "stations": stations, **amounts}


def _plain(text: str, election: RealElection) -> str:
    """The identity in the items of the form, without what stands in parentheses after it."""
    words: dict[str, str] = {"r": _RUSSIA, "p": _POLAND, "u": _UGANDA, "g": _GEORGIA}.get(election.file.name[0], {})
    if not text.startswith(_CERTIFICATES):
        words = {name: made_of for name, made_of in words.items() if not name.startswith("issued_at_station")}
    items = {item.id for item in election.record.election.form.items}
    words = {**words, "sum(reasons)": " + ".join(name for name in _REASONS if name in items)}
    text = re.sub(r"\s*\((?!candidates|reasons)[^)]*\)\s*$", "", text)
    for name, made_of in sorted(words.items(), key=lambda one: -len(one[0])):
        text = text.replace(name, made_of)
    return text


def _condition(acts: Acts, text: str, election: RealElection) -> tuple[NDArray[np.bool_], dict[str, int]]:
    if text.endswith(("== 0", "!= 0")):
        # No identity but a count of stations where it is so; a missing figure is none.
        values = _worked(acts, read_check(text.replace("!=", "==")), election)[0]
        values = np.nan_to_num(values, nan=0.0) if "registered" in text and election.file.name[0] == "g" else values
        return (values != 0) if "!=" in text else (values == 0), {}
    if text == "total == registered":
        total, registered = _worked(acts, read_check(text), election)
        return (total == registered) & (total > 0), {}
    *chain, last = re.split(r" (==|<=|>=) ", text)
    if len(chain) > 2:
        first, second = " ".join(chain[:3]), " ".join([*chain[2:], last])
        return _condition(acts, first, election)[0] | _condition(acts, second, election)[0], {}
    comparison = read_check(text)
    left, right = _worked(acts, comparison, election)
    return _violated(comparison, left, right)


def _violated(comparison: Comparison, left: Reals, right: Reals) -> tuple[NDArray[np.bool_], dict[str, int]]:
    missing = np.isnan(left) | np.isnan(right)
    difference = np.where(missing, 0, left - right)
    more, fewer = np.maximum(difference, 0), np.maximum(-difference, 0)
    figures = {
        "sum_abs_diff": int(np.abs(difference).sum()),
        "total_missing": int(more.sum()),
        "urn_greater": int((more > 0).sum()),
        "more_votes_than_signatures": int((fewer > 0).sum()),
        "fewer": int((more > 0).sum()),
    }
    if comparison.sign == "==":
        return missing | (difference != 0), figures
    over = fewer if comparison.sign == ">=" else more
    return over > 0, {"excess": int(over.sum()), "excess_sum": int(over.sum())}


def _worked(acts: Acts, comparison: Comparison, election: RealElection) -> tuple[Reals, Reals]:
    """Both sides at every station; NaN is missing. In Georgia a missing register, or list of added voters, is 0."""
    if election.file.name[0] == "g":
        for name in ("registered", "special"):
            acts.items[name] = pa.array(_filled(acts.items[name], 0), pa.int64())
    left, right = acts.work_out(comparison.left), acts.work_out(comparison.right)
    return left.to_numpy(zero_copy_only=False).astype(float), right.to_numpy(zero_copy_only=False).astype(float)


def _filled(column: pa.Array, value: int) -> NDArray[np.int64]:
    return np.asarray(column.fill_null(value), np.int64)


def _alike(acts: Acts) -> int:
    """Stations with ballots in the boxes whose every figure is that of another such station."""
    rows = np.column_stack([_filled(f, -1) for f in [*acts.items.values(), *acts.votes.values()]])
    rows = rows[_filled(acts.figures["cast"], 0) > 0]
    _, times = np.unique(rows, axis=0, return_counts=True)
    return int(times[times > 1].sum())


def _repeated(election: RealElection, text: str) -> int:
    """Rows whose key, or whose control symbol, another row has."""
    if "control symbol" not in text:
        return election.rows - len(set(election.record.tables["stations"].ids))
    with zipfile.ZipFile(election.file) as packed:
        [name] = [name for name in packed.namelist() if name.endswith(".csv")]
        rows = csv.DictReader(io.StringIO(packed.read(name).decode("utf-8-sig")), delimiter=";")
        symbols = Counter(row["Symbol kontrolny"] for row in rows)
    return sum(times for times in symbols.values() if times > 1)
