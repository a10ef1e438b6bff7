"""What was said: every claim that reading found and every statement of the record, in order of time.

Claims of one sentence stand together below its words, each with how it stands to the record and to other claims.
Short quotations with their attribution only: a document is not published here. Without claims there is no page.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tallyroom.check.agreement import Verdict
from tallyroom.check.announced import Announced
from tallyroom.check.claims import claims_of, verdicts
from tallyroom.check.counted_claims import beside_the_count
from tallyroom.publish import numbers, words
from tallyroom.publish.announced import ordered
from tallyroom.publish.edition import Edition
from tallyroom.publish.language import marked, say, say_n
from tallyroom.publish.pages.families import families
from tallyroom.publish.pages.reviews import reviews
from tallyroom.publish.texts import harmless
from tallyroom.publish.verdictwords import VERDICTS, gravest
from tallyroom.publish.view import Link, Page
from tallyroom.record.claim import Claim
from tallyroom.record.rows import Row

__all__ = ["Said", "Told", "page"]

_LONGEST = 240  # letters of a quotation
_MARKS = '"“”'
# What is claimed, where it is no figure that can be announced.
_KINDS = {
    "election_called": marked("Election called"),
    "election_date": marked("Date of the election"),
    "schedule": marked("Step of the schedule"),
    "nomination": marked("Nomination"),
    "nomination_approved": marked("Candidacy accepted"),
    "coverage": marked("Where the election is held"),
    "role": marked("Office or function"),
    "non_recognition": marked("Result not recognised"),
    "court_decision": marked("Court decision"),
}


_DAY = re.compile(r"\d{4}-\d\d(?:-\d\d)?")


@dataclass(frozen=True)
class Told:
    """One claim below its sentence. stance, verdict: as the filters know them; marks and words beside them."""

    anchor: str
    kind: str
    name: str
    value: str
    of: str
    stance: str
    stance_mark: str
    stance_word: str
    verdict: str
    mark: str
    word: str
    says: str
    beside: Link | None


@dataclass(frozen=True)
class Said:
    """One sentence with its claims, or one statement of the record, which is a paraphrase."""

    day: str
    speaker: str
    office: str
    text: str
    quoted: bool
    sources: tuple[Link, ...]
    told: tuple[Told, ...]


def page(edition: Edition) -> Page | None:
    """The page, where the record has claims."""
    read = claims_of(edition.record)
    claims = [one.claim for one in read]
    if not claims:
        return None
    found: dict[str, list[Verdict]] = defaultdict(list)
    announced = Announced(edition.record)
    counted = beside_the_count(edition.record, edition.results, announced.root, read)
    for verdict in (*verdicts(announced), *counted):
        found[verdict.claim.id].append(verdict)
    said = list(_in_order(edition, claims, found))
    every = [told for one in said for told in one.told]
    found_as = Counter(told.verdict for told in every)
    view: dict[str, object] = {
        "days": _days(said),
        "of": len(every),
        "tally": [(say(word), count) for name, (_, word) in VERDICTS.items() if (count := found_as[name])],
        "without": found_as["none"],
        "filters": _filters(said, every),
        "families": families(edition),
        "reviews": reviews(edition, claims, found),
    }
    summary = say_n(
        "{n} claim, with its words and its document.", "{n} claims, with their words and documents.", len(claims)
    )
    title = say("What was said")
    return Page("said.html", title, "said.html", view, title, summary, filters=True)


def _in_order(edition: Edition, claims: Sequence[Claim], found: dict[str, list[Verdict]]) -> Iterator[Said]:
    days = {row.id: row["date"] for row in edition.record.current("sources")}
    told = {claim.id for claim in claims}
    sentences: dict[tuple[str, int], list[Claim]] = defaultdict(list)
    for claim in claims:
        sentences[claim.document, claim.start].append(claim)
    items: list[tuple[str, tuple[str, int], list[Claim] | Row]] = [
        (days.get(of[0].document, ""), at, of) for at, of in sentences.items()
    ]
    # A statement that was taken from a claim says what the claim says.
    items += [
        (row["at"], (row.file, row.line), row)
        for row in edition.record.current("statements")
        if row["claim"] not in told
    ]
    items.sort(key=lambda item: (ordered(edition.figures.span(item[0])), item[1]))
    for day, _, of in items:
        heading = numbers.day_of(day, edition.record.election.zone) if day else say("Undated")
        yield _statement(edition, of, heading) if isinstance(of, Row) else _sentence(edition, of, heading, found)


def _sentence(edition: Edition, claims: Sequence[Claim], day: str, found: dict[str, list[Verdict]]) -> Said:
    first = claims[0]
    row = edition.record.named.get(first.document)
    outlet = row["outlet"] if row is not None else first.outlet
    told = tuple(_told(edition, claim, gravest(found[claim.id])) for claim in claims)
    speaker = next((claim for claim in claims if claim.attributed_to), None)
    who = speaker.attributed_to if speaker else outlet if outlet != "unknown" else say("Speaker not in the record")
    office = speaker.office if speaker else ""
    source = edition.source(first.document)
    return Said(day, harmless(who), harmless(office), harmless(_short(first.words)), True, (source,), told)


def _told(edition: Edition, claim: Claim, verdict: Verdict | None) -> Told:
    stance = claim.qualifier if claim.qualifier in words.STANCES else ""
    stance_mark, stance_word = words.STANCES.get(stance, ("", ""))
    mark, word = VERDICTS[verdict.verdict] if verdict else ("", "")
    return Told(
        claim.id,
        claim.kind,
        _kind(claim.kind),
        harmless(_value(edition, claim)),
        harmless(_of(edition, claim)),
        stance,
        stance_mark,
        say(stance_word),
        verdict.verdict if verdict else "none",
        mark,
        say(word),
        harmless(verdict.says) if verdict else "",
        _beside(edition, verdict) if verdict else None,
    )


def _kind(kind: str) -> str:
    if name := words.MEASURES.get(kind) or _KINDS.get(kind):
        return say(name)
    return words.sentence(words.plain(kind))


def _value(edition: Edition, claim: Claim) -> str:
    if claim.number is None:
        return edition.when(str(claim.value)) if _DAY.fullmatch(str(claim.value)) else str(claim.value)
    text = f"{claim.number:f}"
    number = numbers.percent(text) if claim.unit == "percent" else numbers.text_of(text)
    qualified = words.QUALIFIED.get(claim.qualifier, "")
    return say(qualified, number=number) if qualified else number


def _of(edition: Edition, claim: Claim) -> str:
    """Of whom, where and as of when, in small print."""
    when = f"{edition.when(claim.as_of) if '-' in claim.as_of else claim.as_of}" if claim.as_of else ""
    as_of = say("As of {time}", time=when) if when else ""
    mood = words.plain(claim.modality) if claim.modality else ""
    return numbers.listed(part for part in (claim.subject, claim.place, mood, as_of) if part)


def _beside(edition: Edition, verdict: Verdict) -> Link | None:
    """What the claim was held against: a row of the record, or another claim of this page."""
    if verdict.row:
        return Link(say("the figure"), f"figures.html#{verdict.row}")
    if verdict.other is None:
        return None
    source = edition.source(verdict.other.document)
    return Link(source.text, f"said.html#{verdict.other.id}", source.title)


def _statement(edition: Edition, row: Row, day: str) -> Said:
    stance = row["stance"]
    mark, word = words.STANCES.get(stance, ("", ""))
    who = edition.names(row.ids("person") or row.ids("organisation")) or say("Speaker not in the record")
    kind = row["kind"]
    told = Told(f"said-{row.id}", kind, _kind(kind), "", "", stance, mark, say(word), "none", "", "", "", None)
    office = edition.names(row.ids("organisation")) if row.ids("person") else ""
    return Said(day, who, office, _short(row["says"]), False, tuple(edition.sources(row)), (told,))


def _short(quote: str) -> str:
    """A quotation for the page, which sets its own quotation marks; one that is too long ends behind a word."""
    text = " ".join(quote.split())
    marks = sum(map(text.count, _MARKS))
    # One mark has its other one in another sentence; two that hold all of the text are those that the page sets.
    if marks == 1 or (marks == 2 and text[0] in _MARKS and text[-1] in _MARKS):
        text = text.strip(_MARKS)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 2].rsplit(' ', 1)[0]} …"


def _days(said: Iterable[Said]) -> list[tuple[str, list[Said]]]:
    days: list[tuple[str, list[Said]]] = []
    for one in said:
        if not days or days[-1][0] != one.day:
            days.append((one.day, []))
        days[-1][1].append(one)
    return days


def _filters(said: Sequence[Said], every: Sequence[Told]) -> list[tuple[str, str, list[tuple[str, str, int]]]]:
    """Each filter with its name, and its choices: as addresses have them, as they are read, and how many there are."""
    speakers = Counter(one.speaker for one in said for _ in one.told)
    kinds, names = Counter(told.kind for told in every), {told.kind: told.name for told in every}
    stances, found = Counter(told.stance for told in every), Counter(told.verdict for told in every)
    compared = [(name, say(word), found[name]) for name, (_, word) in VERDICTS.items() if found[name]]
    return [
        ("speaker", say("Who says it"), [(who, who, count) for who, count in _by_name(speakers)]),
        ("kind", say("What is claimed"), sorted(((k, names[k], n) for k, n in kinds.items()), key=lambda one: one[1])),
        ("stance", say("Stance"), [(s, say(word), stances[s]) for s, (_, word) in words.STANCES.items() if stances[s]]),
        ("verdict", say("Verdict"), [*compared, ("none", say("Not compared"), found["none"])]),
    ]


def _by_name(counted: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counted.items(), key=lambda one: one[0].casefold())
