"""A first record of an election, from nothing but documents.

Its date, name and choices are what most of the claims say; where nothing says, the draft says so in a comment,
and without a day of the vote there is no draft: a made-up one would be published.
Everything in it is to be looked at by somebody who knows the election.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from babel.core import Locale, get_global

from tallyroom.errors import CannotWrite
from tallyroom.reading.collection import Reading
from tallyroom.reading.into.proposals import Proposal, thing_of
from tallyroom.reading.into.register import one_person, slug
from tallyroom.reading.into.taken import Taken
from tallyroom.reading.into.taking import take_in
from tallyroom.reading.reuse.passed_on import Derivation
from tallyroom.record.claim import Claim
from tallyroom.record.dates import read_date

__all__ = ["write_draft"]

_ELECTION = """\
# A draft made of {count} documents by `tallyroom read --draft`. Look at every line: what the documents do not
# say is a guess, marked as one. docs/record.md describes every key.

id = "{id}"
date = "{date}"
timezone = "{zone}"{zone_note}
stations = "partial"           # nothing is known of single stations
language = "en"

[names]
en = "{name}"{name_note}

[[contests]]
id = "contest"
rule = "plurality"             # a guess: documents seldom tell the rule
choices = [{choices}]{choices_note}

[contests.names]
en = "{name}"
"""
_CHOSEN = ("candidate_votes", "candidate_share", "exit_poll_share", "seats", "nomination")
_MOST = 40
_THE = re.compile(r"^[Tt]he\s")


def write_draft(folder: Path, readings: Sequence[Reading], given: str = "") -> Taken:
    """A new record in a new or empty folder, with every claim and every row that it can be. Raises CannotWrite.

    Where a document gives two figures for one thing, their rows wait for a review.
    given: the date of the vote as EDTF, where the documents need not say it.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CannotWrite(f"{folder} is not empty. Name a folder that does not exist yet.")
    claims = [claim for reading in readings for claim in reading.claims]
    choices = _choices(claims)
    date = _date(given, claims)
    country = _country(claims)
    name, zone = _quoted(_name(claims, country)), _zone(country)
    listed = ", ".join(f'"{choice}"' for choice in choices) or '{ id = "unknown", names = { en = "Unknown" } }'
    text = _ELECTION.format(
        count=len(readings),
        id=slug(folder.name),
        date=date,
        name=name or "Election",
        zone=zone or "Etc/UTC",
        zone_note=f"        # the only one of {country}" if zone else "           # a guess: the documents name none",
        name_note="" if name else "                # a guess: no document names the election",
        choices=listed,
        choices_note="" if choices else "  # no document names any",
    )
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "election.toml").write_text(text, encoding="utf-8")
    people = [(new, names[0]) for new, names in choices.items() if not _PARTY.search(names[0])]
    parties = [(new, names[0], "party") for new, names in choices.items() if _PARTY.search(names[0])]
    variants = [(new, other, "variant") for new, names in choices.items() for other in names[1:]]
    _table(folder / "people.csv", "id,name", people)
    _table(folder / "organisations.csv", "id,name,kind", parties)
    _table(folder / "names.csv", "of,name,kind", variants)
    _table(folder / "areas.csv", "id,kind,name", [("nation", "nation", country or "Place not known")])
    torn = _torn(readings)
    taken = take_in(folder, readings, lambda one: "proposed" if _words(one) in torn else "accepted")
    said = {"timezone": zone, "contests.rule": "", "names": name, "contests.choices": choices}
    guesses = tuple(key for key, by_documents in said.items() if not by_documents)
    return replace(taken, guesses=guesses)


def _date(given: str, claims: Iterable[Claim]) -> str:
    """The date of the vote: as given, else the day that most claims say. Raises CannotWrite where there is none."""
    days = (str(claim.value) for claim in claims if claim.kind == "election_date")
    date = given or _most(day for day in days if re.fullmatch(r"\d{4}-\d\d-\d\d", day))
    if not date:
        raise CannotWrite(
            "No document says on what day the vote is. Give the date, or as much of it as is known: "
            "--date 2027-03-21, --date 2027-03 or --date 2027."
        )
    try:
        read_date(date)
    except ValueError as error:
        raise CannotWrite(f"The date of the vote is {date!r}; expected {error}.") from None
    return date


def _torn(readings: Iterable[Reading]) -> set[tuple[object, ...]]:
    """The figures of which a document gives two for one thing, as far as a row says: a person tells them apart."""
    torn = set()
    for reading in readings:
        things: dict[tuple[str, ...], list[Claim]] = defaultdict(list)
        for claim in reading.claims:
            if claim.number is not None:
                things[thing_of(claim)].append(claim)
        for claims in things.values():
            if len({(claim.number, claim.qualifier) for claim in claims}) > 1:
                torn |= {_words(claim) for claim in claims}
    return torn


def _words(one: Claim | Proposal | Derivation) -> tuple[object, ...]:
    """A claim, by where and how it stands in its document."""
    if isinstance(one, Derivation):
        return ()
    claim = one.claim if isinstance(one, Proposal) else one
    return (claim.kind, claim.subject, claim.value, claim.start, claim.quote)


def _country(claims: Sequence[Claim]) -> str:
    """The place that most figures are of; where none says, that of the election by its name."""
    days = (claim.subject for claim in claims if claim.kind == "election_date")
    named = (match[1] for name in days if (match := re.search(r"\sin\s(?:the\s)?([A-Z][\w' -]+)$", name)))
    return _most(claim.place for claim in claims if claim.place[:1].isupper()) or _most(named)


def _name(claims: Sequence[Claim], country: str) -> str:
    """What the documents call the election, with its country where one of them says so; else as most of them do."""
    days = (claim.subject for claim in claims if claim.kind == "election_date")
    called = [_THE.sub("", name) for name in days if re.search("election|referend|run-?off", name)]
    here = [name for name in called if country and country in name]
    name = _most(here or called)
    return name[:1].upper() + name[1:]


def _zone(country: str) -> str:
    """The time zone of a country that has only one; empty where it has several, or is not known by this name."""
    territory = next(
        (code for code, name in Locale("en").territories.items() if name == country and len(code) == 2), ""
    )
    zones = get_global("territory_zones").get(territory, [])
    return zones[0] if len(zones) == 1 else ""


def _choices(claims: Sequence[Claim]) -> dict[str, list[str]]:
    """Id and spellings of whoever gets votes or is nominated, the most told first."""
    told = Counter(claim.subject for claim in claims if claim.kind in _CHOSEN and claim.subject)
    found: dict[str, list[str]] = {}
    for who, _ in sorted(told.most_common(_MOST), key=lambda one: len(one[0].split()) != 2):
        same = next((names for names in found.values() if one_person(names[0], who)), None)
        if same is not None:
            same.append(who)
        else:
            found[slug(who, found)] = [who]
    return found


# Names of one word, or with a word of parties in them, are taken for parties.
_PARTY = re.compile(
    r"^\S+$|\b(?:[Pp]arty|[Uu]nion|[Mm]ovement|[Cc]oalition|[Ff]ront|[Dd]emocrat|[Gg]reen|[Ll]eague|[Cc]ongress|for|of)"
)


def _table(path: Path, header: str, rows: Sequence[tuple[str, ...]]) -> None:
    lines = [header, *(",".join(_cell(cell) for cell in row) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _most(told: Iterable[str]) -> str:
    counted = Counter(told)
    return counted.most_common(1)[0][0] if counted else ""


def _quoted(text: str) -> str:
    return text.replace("\\", " ").replace('"', "'")


def _cell(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
