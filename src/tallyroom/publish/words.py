"""What the words of a record are called on a page. English; no country, party or law in it."""

from __future__ import annotations

from tallyroom.publish.numbers import joined
from tallyroom.record.folder import Record
from tallyroom.record.rows import Row

__all__ = [
    "ACTS",
    "MEASURES",
    "OCCASIONS",
    "POLLS",
    "RULES",
    "SEVERITIES",
    "STANCES",
    "STATUSES",
    "names_of",
    "plain",
    "sentence",
    "what",
]

MEASURES = {
    "registered_voters": "Registered voters",
    "constituencies": "Constituencies",
    "polling_stations": "Polling stations",
    "candidates_registered": "Candidates",
    "turnout_count": "Voters who voted",
    "turnout_share": "Turnout",
    "stations_reporting": "Stations reporting",
    "share_counted": "Share counted",
    "valid_votes": "Valid votes",
    "invalid_votes": "Invalid votes",
    "candidate_votes": "Votes",
    "candidate_share": "Share of the votes",
    "seats": "Seats",
    "exit_poll_share": "Share in a poll",
    "exit_poll_design": "What a poll rests on",
    "observers": "Observers",
    "media_accredited": "Accredited media",
    "webcams": "Stations with webcams",
    "signatures": "Signatures",
    "ballots_printed": "Ballots printed",
    "notifications_printed": "Voter notifications printed",
    "stations_annulled": "Stations annulled",
    "voters_per_station": "Voters per station",
}

# Shape and words, since colour alone tells nothing to many readers.
SEVERITIES = {
    "error": ("■", "Cannot be so"),
    "warning": ("▲", "Figures disagree"),
    "notice": ("●", "Worth knowing"),
}
STANCES = {
    "favourable": ("●", "Favourable"),
    "critical": ("◆", "Critical"),
    "neutral": ("■", "Neutral"),
}
# What an act at a station is, and what that means for the totals.
STATUSES = {
    "accepted": ("●", "Accepted", "in the totals"),
    "held": ("◆", "Held", "not in the totals until it is released"),
    "annulled": ("✕", "Annulled", "not in the totals"),
    "missing": ("○", "Missing", "no act in the record"),
}
# An act that was taken back, beside the three that an act in force can be.
ACTS = {**{status: word for status, (_, word, _) in STATUSES.items()}, "withdrawn": "Withdrawn"}
RULES = {
    "plurality": "The most votes win",
    "absolute-majority": "More than half, otherwise a second round",
    "approval": "The most approvals win; a ballot may approve several",
    "dhondt": "Seats by D’Hondt’s divisors 1, 2, 3 …",
    "sainte-lague": "Seats by Sainte-Laguë’s divisors 1, 3, 5 …",
    "modified-sainte-lague": "Seats by the modified Sainte-Laguë divisors 1.4, 3, 5 …",
    "hare": "Seats by the Hare quota and largest remainders",
    "droop": "Seats by the Droop quota and largest remainders",
}
OCCASIONS = {
    "regular": "Regular election",
    "extraordinary": "Extraordinary election",
    "repeat": "Repeat election",
    "second-round": "Second round",
    "by-election": "By-election",
}
POLLS = {"exit-poll": "Exit poll", "survey": "Survey before the vote"}


def plain(word: str) -> str:
    """A word of the record in plain letters: `domestic-district` → `domestic district`."""
    return word.replace("-", " ").replace("_", " ")


def sentence(text: str) -> str:
    """The text with a capital letter first, and all else as it is."""
    return text[:1].upper() + text[1:]


def names_of(record: Record, ids: list[str]) -> str:
    """The names of these ids, as a list in a sentence."""
    return joined([record.name_of(name) for name in ids])


def what(record: Record, row: Row, *, measure: bool = True, place: bool = True) -> str:
    """What an announced figure is a figure of, in a few words."""
    parts = [MEASURES[row["measure"]]] if measure else []
    if row["choice"]:
        parts.append(record.name_of(row["choice"]))
    if row["about"]:
        parts.append(names_of(record, row.ids("about")))
    if row["subject"]:
        parts.append(plain(row["subject"]))
    if row["counted"]:
        parts.append(f"number of {plain(row['counted'])}")
    if row["place"] and place:
        parts.append(record.name_of(row["place"]))
    if row["election"] and row["election"] != record.election.id:
        parts.append(_earlier(record, row["election"]))
    return sentence(", ".join(parts))


def _earlier(record: Record, election: str) -> str:
    names = next((e.names for e in record.election.elections if e.id == election), {})
    return next(iter(names.values()), election)
