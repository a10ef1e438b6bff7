"""Do the claims found by reading agree with the record's rows, and with one another?

Every claim that gives a figure is held against the announced figures of the record, and against other claims
of the same thing. What conflicts, cannot be, or repeats an earlier count becomes a finding with both quotes;
`agreement.py` says how two claims stand to each other.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal

from tallyroom.check import voting_day
from tallyroom.check.agreement import SORTS, Verdict, compared, said_of
from tallyroom.check.announced import Announced
from tallyroom.check.figure import Figure, said
from tallyroom.check.findings import Case, Finding, Outcome, Passed, Severity, Where, sources_of
from tallyroom.check.twofigures import Dated, figures, key
from tallyroom.record.claim import NUMERIC, Claim
from tallyroom.record.folder import Record

__all__ = ["against_record", "check", "claims_of", "dated", "finding_of", "names_of", "verdicts"]

CHECK = "claims"
_SEVERITIES: dict[str, Severity] = {"impossible": "error", "stale": "notice"}


def dated(record: Record, claims: Iterable[Claim]) -> list[Dated]:
    """Claims with the dates of their documents, as sources.csv has them."""
    days = {row.id: row["date"][:10] for row in record.current("sources")}
    return [Dated(claim, days.get(claim.document, "")) for claim in claims]


def claims_of(record: Record) -> list[Dated]:
    """The record's claims but those that a person rejected."""
    return dated(record, (Claim.of_json(told) for told in record.claims if told.get("review") != "rejected"))


def against_record(announced: Announced, claims: Sequence[Dated], name_of: Callable[[str], str]) -> Iterator[Verdict]:
    """How each figure claim stands to the announced figures of the record; nothing where it has none."""
    rows: dict[tuple[str, str, str], list[Figure]] = defaultdict(list)
    record = announced.record
    for figure in announced.figures:
        if not figure.place and (figure.choice or figure.plain):
            who = record.name_of(figure.choice) if figure.choice else ""
            rows[figure.measure, key(who), figure.row["unit"]].append(figure)
    nation = {area["name"] for area in record.current("areas") if area["kind"] == "nation"}
    for one in claims:
        claim = one.claim
        if claim.number is None or claim.kind not in NUMERIC or (claim.place and claim.place not in nation):
            continue
        who = key(name_of(claim.subject)) if claim.kind in ("candidate_share", "candidate_votes", "seats") else ""
        plain = claim.kind in (
            "registered_voters",
            "turnout_count",
            "turnout_share",
            "valid_votes",
            "constituencies",
            "polling_stations",
        )
        unit = "percent" if claim.unit == "percent" else "count"
        given = [figure for figure in rows.get((claim.kind, who, unit), []) if not _its_own(claim, figure)]
        if given and (who or plain) and not any(sort in claim.subject for sort in SORTS):
            yield _beside(one, given, record.election.date)


def _its_own(claim: Claim, figure: Figure) -> bool:
    """Whether a row says what the claim's document says: the claim itself, its figure, or another claim of it.

    Two claims of one document are of two places, hours or votes, and so are the rows that they were made.
    """
    if figure.row.ids("source") != [claim.document]:
        return figure.row["claim"] == claim.id
    return bool(figure.row["claim"]) or claim.number == Decimal(figure.row["value"])


def _beside(one: Dated, given: Sequence[Figure], day: str) -> Verdict:
    """The best verdict that some row gives: a claim agrees with the record where it agrees with any of its rows.

    day: of the vote, which an hour in a claim is of. An earlier row that the claim supersedes is told of last: it
    hides no row that the claim conflicts with.
    """
    order = ("agrees", "rounded", "truncated", "superseded", "other scope", "conflicts", "supersedes")
    own = f"{day}T{one.claim.as_of:0>5}" if day and re.fullmatch(r"\d{1,2}:\d\d", one.claim.as_of) else ""
    of_its_hour = any(own and _hour(figure) == own for figure in given)
    verdicts = []
    for figure in given:
        row = _claim_of(figure, one.claim.kind)
        when = (figure.row["as_of"] or figure.row["at"])[:10]
        hours = own and _hour(figure)
        verdict, says = figures(Dated(one.claim, own) if hours else one, Dated(row, hours or when))
        if verdict == "superseded" and not _is_later(figure, when, one, own, of_its_hour=of_its_hour):
            # The row stands for no later moment, so it does not supersede the claim.
            verdict, says = "conflicts", "Both cannot be true"
        if (verdict, says) == ("conflicts", "Both cannot be true") and _is_earlier(figure, one, own):
            back, _ = figures(Dated(row, _hour(figure)), Dated(one.claim, own or one.when))
            if back == "superseded" and _more(one.claim, row):
                verdict, says = "supersedes", "It is later than the row"
        verdicts.append((order.index(verdict), verdict, says, figure))
    _, verdict, says, figure = min(reversed(verdicts), key=lambda told: told[0])
    text = f"{says}: {said_of(one.claim)} beside {said(figure)} ({figure.row.place})."
    verdict = "superseded" if verdict == "supersedes" else verdict
    return Verdict(one.claim, verdict, text, row=figure.row.id, sources=sources_of([figure.row]))


def _claim_of(figure: Figure, kind: str) -> Claim:
    """A row as a claim, to be compared with one."""
    row = figure.row
    return Claim(row.id, "", kind, "", Decimal(row["value"]), "", 0, 0, "", qualifier=row["qualifier"])


def _hour(figure: Figure) -> str:
    """The moment of a row that gives an hour, as text that sorts; empty where it gives none."""
    moment = figure.row["as_of"]
    return moment[:16] if re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d", moment) else ""


def _is_later(figure: Figure, when: str, one: Dated, own: str, *, of_its_hour: bool) -> bool:
    """Whether a row stands for a later moment than a claim. own: the claim's, where it names an hour."""
    if own and _hour(figure):
        return own < _hour(figure) and not of_its_hour
    return when > one.when if one.when and when else not _more(one.claim, _claim_of(figure, one.claim.kind))


def _is_earlier(figure: Figure, one: Dated, own: str) -> bool:
    """Whether a row of some hour is of a moment before a claim's; of the same day, a claim may be of a later hour."""
    hour = _hour(figure)
    if not hour or figure.row["modality"] == "final":
        return False
    return hour < own if own else bool(one.when) and hour[:10] <= one.when


def _more(one: Claim, other: Claim) -> bool:
    return one.number is not None and other.number is not None and one.number > other.number


def check(announced: Announced) -> Iterator[Outcome]:
    """Conflicts of the record's claims, with the record and with one another, each with both quotes."""
    record = announced.record
    if not record.claims:
        return
    every = verdicts(announced)
    found = [verdict for verdict in every if verdict.verdict in ("conflicts", "impossible", "stale")]
    told: set[frozenset[str]] = set()
    for verdict in found:
        between = frozenset(
            (f"{verdict.claim.kind} {verdict.claim.value}", str(verdict.other.value if verdict.other else verdict.row))
        )
        if between not in told:
            told.add(between)
            yield finding_of(record, verdict)
    agree = len(every) - len(found)
    if agree:
        yield Passed(CHECK, agree, "Nothing else that the claims say conflicts with the record or with another claim.")


def verdicts(announced: Announced) -> list[Verdict]:
    """Every verdict on the record's claims: first beside its rows and its day, then beside one another."""
    record = announced.record
    claims, name_of = claims_of(record), names_of(record)
    beside = (*against_record(announced, claims, name_of), *voting_day.beside_the_record(record, claims))
    return [*beside, *compared(claims, name_of), *voting_day.of_one_vote(claims)]


def names_of(record: Record) -> Callable[[str], str]:
    """What the record calls whom a claim names, by any spelling it has."""
    rows = [*record.current("people"), *record.current("organisations")]
    named = {row.id: row["name"] for row in rows}
    known = {
        key(text): row["name"] for row in rows for column, text in row.items() if column.startswith("name") and text
    }
    known |= {key(row["name"]): named[row["of"]] for row in record.current("names") if row["of"] in named}
    return lambda name: known.get(key(name), name)


def finding_of(record: Record, verdict: Verdict) -> Finding:
    """A verdict as a finding, with the words of its claims."""
    claims = [claim for claim in (verdict.claim, verdict.other) if claim is not None]
    where = [Where("claims.jsonl", _line(record, claim)) for claim in claims]
    cases = tuple(
        Case(
            at, f"{claim.document}: “{_words(claim.words)}”{f' ({claim.attributed_to})' if claim.attributed_to else ''}"
        )
        for at, claim in zip(where, claims, strict=True)
    )
    quotes = " ".join(case.says for case in cases)
    severity: Severity = (
        "error" if verdict.verdict == "impossible" else "notice" if verdict.verdict == "stale" else "warning"
    )
    return Finding(
        CHECK,
        severity,
        where[0],
        f"{verdict.claim.kind.replace('_', ' ').capitalize()}, {verdict.claim.subject}: {verdict.says} {quotes}",
        sources=tuple(dict.fromkeys((*(claim.document for claim in claims), *verdict.sources))),
        look_at="Look at both documents: whom they name for the figure, and as of when.",
        cases=cases,
    )


def _line(record: Record, claim: Claim) -> int:
    return next((number for number, told in enumerate(record.claims, 1) if told["id"] == claim.id), 0)


def _words(quote: str) -> str:
    text = " ".join(quote.split())
    return text if len(text) <= 240 else f"{text[:238].rsplit(' ', 1)[0]} …"
