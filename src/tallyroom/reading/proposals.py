"""Claims as proposed rows of a record: what a person accepts or rejects.

A figure becomes a row of announcements.csv, an act or an assessment one of statements.csv, a nomination one
of candidates.csv; who is not in the record yet is proposed with it. What cannot be a row says why.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from tallyroom.record.claim import Claim
from tallyroom.record.folder import Record
from tallyroom.record.measures import MEASURES, QUALIFIERS
from tallyroom.record.tables import TABLES

__all__ = ["Proposal", "Register", "proposal_of", "slug"]

_STATEMENTS = {
    "assessment": "assessment",
    "congratulation": "congratulation",
    "endorsement": "endorsement",
    "boycott": "boycott",
    "non_recognition": "assessment",
    "court_decision": "ruling",
}
_UNITS = {"percent": "percent"}
_OF_CHOICES = frozenset({"candidate_share", "candidate_votes", "exit_poll_share", "seats"})
_SORTS = ("international", "domestic", "permanent", "temporary", "long-term", "short-term")
_BODIES = {
    "commission": "commission", "party": "party", "movement": "party", "court": "court", "ministry": "government",
    "mission": "observer-mission", "observers": "observer-mission", "monitors": "observer-mission",
    "research": "pollster", "poll": "pollster", "agency": "news-agency", "community": "community",
}  # fmt: skip


_Rows = tuple[tuple[str, Mapping[str, str]], ...]  # table and cells


@dataclass(frozen=True)
class Proposal:
    """A row proposed for a claim, and rows for whom it names. why_not: why there is none, in one sentence."""

    claim: Claim
    table: str = ""
    cells: Mapping[str, str] = field(default_factory=dict)
    with_it: _Rows = ()
    why_not: str = ""


def slug(name: str, taken: Mapping[str, object] | frozenset[str] = frozenset()) -> str:
    """An id made of a name: small letters, digits and hyphens, none that is taken."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    base = re.sub(r"[^a-z0-9]+", "-", re.sub(r"\([^)]*\)", "", plain)).strip("-")[:60].strip("-") or "unnamed"
    number, found = 1, base
    while found in taken:
        number += 1
        found = f"{base}-{number}"
    return found


class Register:
    """Who and what a record has by name, and who was proposed meanwhile."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._ids: dict[str, tuple[str, str]] = {}
        for table in ("people", "organisations", "areas"):
            for row in record.current(table):
                self._ids |= {
                    _key(text): (table, row.id) for column, text in row.items() if column.startswith("name") and text
                }
        rows = {row.id: table for table in ("people", "organisations", "areas") for row in record.current(table)}
        for row in record.current("names"):
            if row["of"] in rows:
                self._ids.setdefault(_key(row["name"]), (rows[row["of"]], row["of"]))
        choices = [choice.id for contest in record.election.contests for choice in contest.choices]
        self.taken = {*record.named, *choices}
        self.polls = {who: row.id for row in record.current("polls") for who in row.ids("pollster")}

    def find(self, name: str) -> tuple[str, str] | None:
        """The table and id of a name, by any spelling."""
        return self._ids.get(_key(name))

    def choice(self, name: str) -> str:
        """The choice of this name; empty where none has it."""
        for contest in self._record.election.contests:
            for choice in contest.choices:
                names = {self._record.name_of(choice.id), *choice.names.values(), choice.id}
                found = self.find(name)
                if (found and found[1] == choice.id) or _key(name) in map(_key, names):
                    return choice.id
        return ""

    def add(self, name: str) -> tuple[str, dict[str, str]]:
        """The table and row for somebody new."""
        kind = next((kind for word, kind in _BODIES.items() if word in name.lower()), "")
        new = slug(name, frozenset(self.taken))
        self.taken.add(new)
        table = "organisations" if kind or not _like_a_person(name) else "people"
        self._ids[_key(name)] = (table, new)
        return table, {"id": new, "name": name} | ({"kind": kind or "group"} if table == "organisations" else {})


def _like_a_person(name: str) -> bool:
    words = name.split()
    return (
        2 <= len(words) <= 4 and all(word[:1].isupper() for word in words) and not any(word.isupper() for word in words)
    )


def _key(name: str) -> str:
    words = re.findall(r"\w+", re.sub(r"\([^)]*\)", "", name).casefold())
    return " ".join(sorted(word for word in words if len(word) > 1 and word not in ("the", "of")))


def proposal_of(claim: Claim, record: Record, register: Register, at: str) -> Proposal:
    """The row that a claim would be. at: the day of its document, or empty."""
    source = claim.document
    if claim.kind in MEASURES and claim.number is not None:
        return _figure(claim, record, register, at, source)
    if claim.kind in _STATEMENTS:
        return _statement(claim, register, at, source)
    if claim.kind in ("nomination", "nomination_approved"):
        return _candidacy(claim, record, register, source)
    return Proposal(claim, why_not=f"{claim.kind} has no table of its own; see calendar.csv and offices.csv.")


def _figure(claim: Claim, record: Record, register: Register, at: str, source: str) -> Proposal:
    choice = register.choice(claim.subject) if claim.kind in _OF_CHOICES else ""
    if claim.kind in _OF_CHOICES and not choice:
        return Proposal(claim, why_not=f"{claim.subject} is no choice of the record.")
    nation = next((area for area in record.current("areas") if area["kind"] == "nation"), None)
    place = ""
    if claim.place and not (nation and _key(claim.place) == _key(nation["name"])):
        found = register.find(claim.place)
        if found is None or found[0] != "areas":
            return Proposal(claim, why_not=f"{claim.place} is no area of the record.")
        place = found[1]
    cells = {
        "announcement": f"read-{source}",
        "at": at,
        "as_of": _moment(claim, at),
        "place": place,
        "choice": choice,
        "measure": claim.kind,
        "subject": _subject(claim),
        "counted": "" if claim.unit in ("percent", "") else claim.unit.replace("organizations", "organisations"),
        "qualifier": claim.qualifier if claim.qualifier in QUALIFIERS else "",
        "modality": claim.modality,
        "value": f"{claim.number:f}",
        "unit": _UNITS.get(claim.unit, "count"),
        "claim": claim.id,
        "source": source,
    }
    cells, new = _by(claim, register, cells)
    if claim.kind.startswith("exit_poll"):
        cells, new = _of_poll(claim, register, cells, new)
    return Proposal(claim, "announcements", {name: text for name, text in cells.items() if text}, new)


def _subject(claim: Claim) -> str:
    if claim.kind == "stations_reporting":
        return "turnout-reports" if "turnout" in claim.subject else "protocols"
    return next((sort for sort in _SORTS if sort in claim.subject), "")


def _moment(claim: Claim, at: str) -> str:
    """The claim's hour with the day of its document, as EDTF; local time, as the record reads it."""
    if ":" in claim.as_of:
        return f"{at}T{claim.as_of}" if len(at) == 10 else ""
    return claim.as_of if re.fullmatch(r"\d{4}(?:-\d\d){0,2}", claim.as_of) else ""


def _by(claim: Claim, register: Register, cells: dict[str, str]) -> tuple[dict[str, str], _Rows]:
    """The row with who gave the figure, and that one's row where it is new."""
    if not claim.attributed_to:
        return cells, ()
    found, new = _somebody(claim.attributed_to, register, cells["source"])
    return cells | {"said_by" if found[0] == "people" else "by": found[1]}, new


def _of_poll(claim: Claim, register: Register, cells: dict[str, str], new: _Rows) -> tuple[dict[str, str], _Rows]:
    """The row with the poll that it is about, and the poll's own row where that is new."""
    pollster = claim.attributed_to if claim.kind == "exit_poll_share" else claim.subject
    if not pollster:
        return cells, new
    (table, who), more = _somebody(pollster, register, cells["source"])
    if table != "organisations":
        return cells, new + more
    if who not in register.polls:
        register.polls[who] = slug(f"poll of {pollster}", frozenset(register.taken))
        register.taken.add(register.polls[who])
        row = {"id": register.polls[who], "kind": "exit-poll", "pollster": who, "source": cells["source"]}
        more += (("polls", row),)
    return cells | {"about": register.polls[who]}, new + more


def _somebody(name: str, register: Register, source: str) -> tuple[tuple[str, str], _Rows]:
    found = register.find(name)
    if found is not None and found[0] != "areas":
        return found, ()
    table, row = register.add(name)
    return (table, row["id"]), ((table, row | {"source": source}),)


def _statement(claim: Claim, register: Register, at: str, source: str) -> Proposal:
    who = claim.attributed_to or {
        "congratulation": claim.subject.split(" to ")[0],
        "endorsement": str(claim.value),
        "boycott": claim.subject,
    }.get(claim.kind, "")
    if not who:
        return Proposal(claim, why_not="Nobody is named for it.")
    found, new = _somebody(who, register, source)
    stance = claim.qualifier if claim.qualifier in ("favourable", "critical", "neutral") else ""
    cells = {
        "at": at,
        "person" if found[0] == "people" else "organisation": found[1],
        "kind": _STATEMENTS[claim.kind],
        "stance": stance or ("critical" if claim.kind in ("boycott", "non_recognition") else ""),
        "about": "election",
        "says": str(claim.value),
        "source": source,
    }
    return Proposal(claim, "statements", {name: text for name, text in cells.items() if text}, new)


def _candidacy(claim: Claim, record: Record, register: Register, source: str) -> Proposal:
    if not record.election.contests:
        return Proposal(claim, why_not="The record has no contest.")
    (_, who), new = _somebody(claim.subject, register, source)
    cells = {"candidate": who, "contest": record.election.contests[0].id, "source": source}
    if claim.kind == "nomination_approved":
        return Proposal(claim, "candidates", cells | {"status": "accepted", "at": str(claim.value)}, new)
    if str(claim.value) != "self-nominated":
        (table, party), more = _somebody(str(claim.value), register, source)
        new += more
        cells |= {"party": party} if table == "organisations" else {"party": "unknown"}
    return Proposal(claim, "candidates", cells | {"status": "nominated"}, new)


def columns_of(table: str) -> Iterator[str]:
    """The columns of a table in the order of writing."""
    yield from (column.name for column in TABLES[table].columns)
