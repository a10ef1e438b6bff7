"""What the words of a record are called on a page; no country, party or law in it.

The tables hold English, marked for the catalogues: a page says them with `say`.
"""

from __future__ import annotations

from tallyroom.publish.language import ENGLISH, marked, say, spoken
from tallyroom.publish.numbers import joined, listed
from tallyroom.record.folder import Record
from tallyroom.record.rows import Row

__all__ = [
    "ACTS",
    "KNOWN",
    "MEASURES",
    "OCCASIONS",
    "POLLS",
    "QUALIFIED",
    "RULES",
    "SEVERITIES",
    "STANCES",
    "STATUSES",
    "STEPS",
    "called",
    "names_of",
    "plain",
    "sentence",
    "small",
    "step",
    "what",
]

MEASURES = {
    "registered_voters": marked("Registered voters"),
    "constituencies": marked("Constituencies"),
    "polling_stations": marked("Polling stations"),
    "candidates_registered": marked("Candidates"),
    "turnout_count": marked("Voters who voted"),
    "turnout_share": marked("Turnout"),
    "stations_reporting": marked("Stations reporting"),
    "share_counted": marked("Share counted"),
    "valid_votes": marked("Valid votes"),
    "invalid_votes": marked("Invalid votes"),
    "candidate_votes": marked("Votes"),
    "candidate_share": marked("Share of the votes"),
    "seats": marked("Seats"),
    "exit_poll_share": marked("Share in a poll"),
    "exit_poll_design": marked("What a poll rests on"),
    "observers": marked("Observers"),
    "media_accredited": marked("Accredited media"),
    "webcams": marked("Stations with webcams"),
    "signatures": marked("Signatures"),
    "ballots_printed": marked("Ballots printed"),
    "notifications_printed": marked("Voter notifications printed"),
    "stations_annulled": marked("Stations annulled"),
    "voters_per_station": marked("Voters per station"),
}

# Shape and words, since colour alone tells nothing to many readers.
SEVERITIES = {
    "error": ("■", marked("Cannot be so")),
    "warning": ("▲", marked("Figures disagree")),
    "notice": ("●", marked("Worth knowing")),
}
STANCES = {
    "favourable": ("●", marked("Favourable")),
    "critical": ("◆", marked("Critical")),
    "neutral": ("■", marked("Neutral")),
}
# What an act at a station is, and what that means for the totals.
STATUSES = {
    "accepted": ("●", marked("Accepted"), marked("in the totals")),
    "held": ("◆", marked("Held"), marked("not in the totals until it is released")),
    "annulled": ("✕", marked("Annulled"), marked("not in the totals")),
    "missing": ("○", marked("Missing"), marked("no act in the record")),
}
# An act that was taken back, beside the three that an act in force can be.
ACTS = {**{status: word for status, (_, word, _) in STATUSES.items()}, "withdrawn": marked("Withdrawn")}
RULES = {
    "plurality": marked("The most votes win"),
    "absolute-majority": marked("More than half, otherwise a second round"),
    "approval": marked("The most approvals win; a ballot may approve several"),
    "dhondt": marked("Seats by D’Hondt’s divisors 1, 2, 3 …"),
    "sainte-lague": marked("Seats by Sainte-Laguë’s divisors 1, 3, 5 …"),
    "modified-sainte-lague": marked("Seats by the modified Sainte-Laguë divisors 1.4, 3, 5 …"),
    "hare": marked("Seats by the Hare quota and largest remainders"),
    "droop": marked("Seats by the Droop quota and largest remainders"),
}
OCCASIONS = {
    "regular": marked("Regular election"),
    "extraordinary": marked("Extraordinary election"),
    "repeat": marked("Repeat election"),
    "second-round": marked("Second round"),
    "by-election": marked("By-election"),
}
POLLS = {"exit-poll": marked("Exit poll"), "survey": marked("Survey before the vote")}
# The words that records use most; a word that is not here stands as the record has it, in plain letters.
KNOWN = (
    # areas
    marked("nation"),
    marked("region"),
    marked("constituency"),
    marked("district"),
    marked("municipality"),
    marked("group"),
    # stations
    marked("permanent"),
    marked("temporary"),
    marked("abroad"),
    marked("institution"),
    marked("electronic"),
    # stages and statuses of acts
    marked("count"),
    marked("recount"),
    marked("canvass"),
    marked("ruling"),
    marked("accepted"),
    marked("held"),
    marked("annulled"),
    marked("missing"),
    marked("withdrawn"),
    marked("illegible"),
    marked("not on form"),
    # figures of a form
    marked("registered"),
    marked("received"),
    marked("issued"),
    marked("unused"),
    marked("spoiled"),
    marked("lost"),
    marked("cast"),
    marked("valid"),
    marked("invalid"),
    marked("blank"),
    marked("turnout"),
    # steps of candidates
    marked("nominated"),
    marked("refused"),
    # steps of an election
    marked("called"),
    marked("scheduled"),
    marked("nomination"),
    marked("registration"),
    marked("campaign"),
    marked("poll"),
    marked("announcement"),
    marked("certified"),
    marked("inauguration"),
    marked("signatures"),
    marked("accreditation"),
    marked("deadline"),
    marked("boycott"),
    marked("annulment"),
    marked("event"),
    marked("observation"),
    marked("final protocol"),
    marked("papers filed"),
    marked("candidacy accepted"),
    marked("ballots printed"),
    # statements
    marked("endorsement"),
    marked("congratulation"),
    marked("assessment"),
    marked("commitment"),
    marked("call"),
    marked("coverage"),
    # what figures are of
    marked("other"),
    marked("turnout reports"),
    marked("protocols"),
    marked("international"),
    marked("domestic"),
    marked("long term"),
    marked("short term"),
    marked("domestic central"),
    marked("domestic district"),
    marked("foreign"),
    marked("media"),
    marked("visited"),
    marked("rural"),
    marked("core team"),
    marked("opening seen"),
    marked("most stations visited"),
    marked("lowest district"),
    marked("highest district"),
    marked("military included"),
    marked("members of parliament"),
    marked("countries with one"),
    marked("countries with several"),
    # what is counted
    marked("persons"),
    marked("stations"),
    marked("ballots"),
    marked("organisations"),
    marked("countries"),
    marked("districts"),
    marked("respondents"),
    marked("observers"),
    marked("outlets"),
    marked("voters"),
    # in what mood a figure was given
    marked("planned"),
    marked("expected"),
    marked("projected"),
    marked("preliminary"),
    marked("final"),
    marked("legal rule"),
)


# The steps of a candidacy, where a language does not use the same word for voters and forms.
STEPS = {
    "nominated": marked("nominated as a candidate"),
    "accepted": marked("the papers accepted"),
    "registered": marked("registered as a candidate"),
    "refused": marked("registration refused"),
    "withdrawn": marked("candidacy withdrawn"),
}
# How exact a figure is, around the figure.
QUALIFIED = {
    "more than": marked("more than {number}"),
    "over": marked("over {number}"),
    "at least": marked("at least {number}"),
    "about": marked("about {number}"),
    "almost": marked("almost {number}"),
    "nearly": marked("nearly {number}"),
    "nearly all": marked("nearly all of {number}"),
    "at most": marked("at most {number}"),
    "up to": marked("up to {number}"),
    "less than": marked("less than {number}"),
    "within": marked("within {number}"),
}


def plain(word: str) -> str:
    """A word of the record in plain letters, said where it is known: `domestic-district` → `domestic district`."""
    return say(word.replace("-", " ").replace("_", " "))


def step(status: str) -> str:
    """A step of a candidacy: in English the record's own word."""
    said = STEPS[status]
    return plain(status) if spoken() is ENGLISH else say(said)


def sentence(text: str) -> str:
    """The text with a capital letter first, and all else as it is."""
    if text.startswith("i") and spoken().code in _DOTTED:
        return f"İ{text[1:]}"
    return text[:1].upper() + text[1:]


def small(text: str) -> str:
    """The text with a small letter first, for the middle of a sentence."""
    if text[:1] in "Iİ" and spoken().code in _DOTTED:
        return f"{'ı' if text.startswith('I') else 'i'}{text[1:]}"
    return text[:1].lower() + text[1:]


# There the capital of i is İ, and ı is another letter.
_DOTTED = ("az", "tr", "kk")


def called(record: Record, thing: str) -> str:
    """What an id is called in the language spoken, else its first name; a poll, which has none, after its pollsters."""
    row = record.named.get(thing)
    if row is not None and row.table == "polls" and row["pollster"]:
        return names_of(record, row.ids("pollster"))
    return record.name_of(thing, spoken().code)


def names_of(record: Record, ids: list[str]) -> str:
    """The names of these ids, as a list in a sentence."""
    return joined([called(record, name) for name in ids])


def what(record: Record, row: Row, *, measure: bool = True, place: bool = True, about: bool = True) -> str:
    """What an announced figure is a figure of, in a few words."""
    name = MEASURES[row["measure"]]
    parts = [say(name)] if measure else []
    if row["choice"]:
        parts.append(called(record, row["choice"]))
    if row["about"] and about:
        parts.append(names_of(record, row.ids("about")))
    if row["subject"]:
        parts.append(plain(row["subject"]))
    if row["counted"]:
        parts.append(say("number of {what}", what=plain(row["counted"])))
    if row["place"] and place:
        parts.append(called(record, row["place"]))
    if row["election"] and row["election"] != record.election.id:
        parts.append(_earlier(record, row["election"]))
    return sentence(listed(parts))


def _earlier(record: Record, election: str) -> str:
    names = next((e.names for e in record.election.elections if e.id == election), {})
    return names.get(spoken().code) or next(iter(names.values()), election)
