"""Claims as proposed rows of a record: what a person accepts or rejects.

A figure becomes a row of announcements.csv, an act or an assessment one of statements.csv, a nomination one
of candidates.csv; who is not in the record yet is proposed with it. What cannot be a row says why.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from tallyroom.reading.into.register import Register, key, nameable
from tallyroom.record.claim import Claim
from tallyroom.record.folder import Record
from tallyroom.record.measures import MEASURES, QUALIFIERS

__all__ = ["Proposal", "proposal_of", "thing_of"]

_STATEMENTS = {
    "assessment": "assessment",
    "congratulation": "congratulation",
    "endorsement": "endorsement",
    "boycott": "boycott",
    "non_recognition": "assessment",
    "court_decision": "ruling",
}
_UNITS = {"percent": "percent"}
_AT_THE_VOTE = frozenset({"turnout_share", "turnout_count"})
_OF_CHOICES = frozenset({"candidate_share", "candidate_votes", "exit_poll_share", "seats"})
_SORTS = ("international", "domestic", "permanent", "temporary", "long-term", "short-term")
_OF_ONE = re.compile(r"\bof (?!all\b)|visited|sent by")
_FURTHER = re.compile(r"^(?:more|other|took part)\b|elsewhere")
_Rows = tuple[tuple[str, Mapping[str, str]], ...]  # table and cells


@dataclass(frozen=True)
class Proposal:
    """A row proposed for a claim, and rows for whom it names. why_not: why there is none, in one sentence."""

    claim: Claim
    table: str = ""
    cells: Mapping[str, str] = field(default_factory=dict)
    with_it: _Rows = ()
    why_not: str = ""


def proposal_of(claim: Claim, record: Record, register: Register, at: str) -> Proposal:
    """The row that a claim would be. at: the day of its document, or empty."""
    proposal = _proposal(claim, record, register, at)
    if register.has(proposal.table, proposal.cells):
        return Proposal(claim, why_not=f"{proposal.table}.csv has it already.")
    return proposal


def _proposal(claim: Claim, record: Record, register: Register, at: str) -> Proposal:
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
    if claim.kind in ("candidates_registered", "polling_stations") and _FURTHER.search(claim.subject):
        return Proposal(claim, why_not=f"{claim.subject.capitalize()} are some only; the record has no word for which.")
    nation = next((area for area in record.current("areas") if area["kind"] == "nation"), None)
    place = ""
    if claim.place and not (nation and key(claim.place) == key(nation["name"])):
        found = register.find(claim.place)
        if found is None or found[0] != "areas":
            return Proposal(claim, why_not=f"{claim.place} is no area of the record.")
        place = found[1]
    cells = {
        "announcement": f"read-{source}",
        "at": at,
        "as_of": _moment(claim, record.election.date if claim.kind in _AT_THE_VOTE else at),
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
    if claim.kind in ("observers", "exit_poll_share", "exit_poll_design"):
        about, more = (_whose if claim.kind == "observers" else _of_poll)(claim, register, cells)
        if not about and _some_only(claim):
            return Proposal(claim, why_not=f"Whose {claim.subject} they are is not said.")
        cells, new = cells | {"about": about}, new + more
    once = {row["id"]: (table, row) for table, row in new}
    return Proposal(claim, "announcements", {name: text for name, text in cells.items() if text}, tuple(once.values()))


def _subject(claim: Claim) -> str:
    if claim.kind == "candidates_registered":
        step = claim.subject.partition(" ")[0]
        return {"nominated": "nominated", "approved": "accepted"}.get(step, "")
    if claim.kind == "stations_reporting":
        return "turnout-reports" if "turnout" in claim.subject else "protocols"
    return next((sort for sort in _SORTS if sort in claim.subject), "")


def thing_of(claim: Claim) -> tuple[str, ...]:
    """What a claim is a figure of, as a row of announcements.csv tells it apart; two such of one document differ."""
    whose = claim.subject if claim.kind in _OF_CHOICES or _some_only(claim) else _subject(claim)
    teller = claim.attributed_to if claim.kind == "exit_poll_share" or _some_only(claim) else ""
    return (claim.kind, key(whose), claim.unit, claim.place, claim.as_of, teller)


def _moment(claim: Claim, day: str) -> str:
    """The claim's moment as EDTF, in local time as the record reads it. day: which an hour is of."""
    if ":" in claim.as_of:
        return f"{day}T{claim.as_of:0>5}" if len(day) == 10 else ""
    return claim.as_of if re.fullmatch(r"\d{4}(?:-\d\d){0,2}", claim.as_of) else ""


def _by(claim: Claim, register: Register, cells: dict[str, str]) -> tuple[dict[str, str], _Rows]:
    """The row with who gave the figure, and that one's row where it is new."""
    found, new = _somebody(claim.attributed_to, register, cells["source"])
    return (cells | {"said_by" if found[0] == "people" else "by": found[1]} if found else cells), new


def _some_only(claim: Claim) -> bool:
    """Whether a figure is not of all: of one mission, of one poll, or of a part of those who answered."""
    if claim.kind == "observers":
        return claim.subject == "representatives" or bool(_OF_ONE.search(claim.subject))
    return claim.kind == "exit_poll_design"


def _whose(claim: Claim, register: Register, cells: Mapping[str, str]) -> tuple[str, _Rows]:
    """The organisation whose observers are counted; empty where they are all observers, or nobody's."""
    if not _some_only(claim):
        return "", ()
    named = re.search(r"\bobservers of (?:the )?(.+)$", claim.subject)
    found, new = _somebody(named[1] if named else claim.attributed_to, register, cells["source"])
    return (found[1], new) if found and found[0] == "organisations" else ("", ())


def _of_poll(claim: Claim, register: Register, cells: Mapping[str, str]) -> tuple[str, _Rows]:
    """The poll that a figure is about, and its own row where that is new; empty where nobody held it."""
    if claim.kind == "exit_poll_design" and claim.unit == "percent":
        return "", ()
    pollster = claim.attributed_to if claim.kind == "exit_poll_share" else claim.subject
    found, new = _somebody(pollster, register, cells["source"])
    if found is None or found[0] != "organisations":
        return "", new
    new = tuple((table, {**row, "kind": "pollster"} if row["id"] == found[1] else row) for table, row in new)
    poll = register.poll_of(pollster, found[1])
    return poll, (*new, *_waiting(poll, register, cells["source"]))


def _somebody(name: str, register: Register, source: str) -> tuple[tuple[str, str] | None, _Rows]:
    """The table and id of whom a claim names, and the row where that one is new; None where nobody is named."""
    found = register.find(name)
    if found is None and nameable(name):
        table, row = register.add(name)
        found = (table, row["id"])
    if found is None or found[0] == "areas":
        return None, ()
    return found, _waiting(found[1], register, source)


def _waiting(name: str, register: Register, source: str) -> _Rows:
    """The row of somebody who was proposed and is in no record yet: it comes in with the first row that is accepted."""
    waiting = register.waiting(name)
    return ((waiting[0], {**waiting[1], "source": source}),) if waiting else ()


def _statement(claim: Claim, register: Register, at: str, source: str) -> Proposal:
    who, about, says = _done(claim)
    found, new = _somebody(who, register, source)
    if found is None:
        return Proposal(claim, why_not="Nobody is named for it.")
    of_whom = register.find(about) if about else None
    if claim.kind == "endorsement" and (of_whom is None or of_whom[0] == "areas"):
        return Proposal(claim, why_not=f"{about} is nobody of the record.")
    stance = claim.qualifier if claim.qualifier in ("favourable", "critical", "neutral") else ""
    cells = {
        "at": at,
        "person" if found[0] == "people" else "organisation": found[1],
        "kind": _STATEMENTS[claim.kind],
        "stance": stance or ("critical" if claim.kind in ("boycott", "non_recognition") else ""),
        "about": of_whom[1] if of_whom and of_whom[0] != "areas" else "election",
        "says": says,
        "claim": claim.id,
        "source": source,
    }
    return Proposal(claim, "statements", {name: text for name, text in cells.items() if text}, new)


def _done(claim: Claim) -> tuple[str, str, str]:
    """Who does or says it, towards whom, and what. Whose act it is may be somebody else than who tells of it."""
    told, value = claim.attributed_to, str(claim.value)
    match claim.kind:
        case "congratulation" if " to " in claim.subject:
            who, _, whom = claim.subject.partition(" to ")
            return _fuller(who, told), whom, value
        case "endorsement":
            return _fuller(value, told), claim.subject, f"supports {claim.subject}"
        case "boycott":
            return _fuller(claim.subject, told), "", value
    return told, "", value


def _fuller(name: str, other: str) -> str:
    """A name, or the other one where that is the same with more words: `Community` and `Community of Novia`."""
    return other if not name or set(name.split()) <= set(other.split()) else name


def _candidacy(claim: Claim, record: Record, register: Register, source: str) -> Proposal:
    if not record.election.contests:
        return Proposal(claim, why_not="The record has no contest.")
    found, new = _somebody(claim.subject, register, source)
    if found is None:
        return Proposal(claim, why_not="Nobody is named for it.")
    cells = {"candidate": found[1], "contest": record.election.contests[0].id, "claim": claim.id, "source": source}
    if claim.kind == "nomination_approved":
        return Proposal(claim, "candidates", cells | {"status": "accepted", "at": str(claim.value)}, new)
    if str(claim.value) != "self-nominated":
        party, more = _somebody(str(claim.value), register, source)
        new += more
        cells |= {"party": party[1] if party and party[0] == "organisations" else "unknown"}
    return Proposal(claim, "candidates", cells | {"status": "nominated"}, new)
