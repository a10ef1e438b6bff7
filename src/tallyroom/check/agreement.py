"""How two claims of one thing stand to each other.

    agrees        the same value, or values that can both be true: "more than 6 million" beside 6,478,623
    rounded       the one rounded, or a last digit that rounding may have moved
    truncated     the one cut off
    superseded    a later count says otherwise
    stale         an earlier count, repeated when a later one was already told
    other scope   of another place, or of some only
    opposed       one judges well, the other badly
    conflicts     both cannot be true
    impossible    more than there can be

Two spellings of one name are no conflict. What the text says of place and time is all that is known of it:
a claim that leaves out what it is of may be set beside something else.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations

from rapidfuzz import fuzz

from tallyroom.check.twofigures import Dated, body_of, figures, key
from tallyroom.record.claim import Claim

__all__ = ["SORTS", "Verdict", "compared", "related", "said_of"]

_SHARES = frozenset({"turnout_share", "candidate_share", "share_counted", "exit_poll_share"})
SORTS = (
    "international",
    "foreign",
    "domestic",
    "long-term",
    "short-term",
    "permanent",
    "temporary",
    "countries",
    "other",
)
_SAME_NAME = 88
_VERY_MANY = 100
_ADDED_ON_THE_DAY = Decimal("1.1")  # of the register: some countries let voters register when they vote


@dataclass(frozen=True)
class Verdict:
    """How a claim stands to another claim, or to a row of the record.

    other: the other claim; row, place: or where the row stands. says: the reason in one sentence.
    """

    claim: Claim
    verdict: str
    says: str
    other: Claim | None = None
    row: str = ""
    sources: tuple[str, ...] = field(default=())


def compared(claims: Sequence[Dated], name_of: Callable[[str], str] = str) -> Iterator[Verdict]:
    """The verdicts on every two claims of one thing. name_of: what a record calls somebody, by any spelling."""
    things: dict[tuple[str, ...], list[Dated]] = defaultdict(list)
    for one in claims:
        things[_thing(one.claim, name_of)].append(one)
    register, parts = _register(claims), _parts(claims)
    for one in claims:
        if verdict := _impossible(one.claim, register):
            yield verdict
    for (kind, *_), group in things.items():
        stale = _stale(group) if kind in _SHARES or kind == "candidate_votes" else set()
        for a, b in combinations(_few(_distinct(group)), 2):
            if verdict := related(a, b, stale, name_of):
                yield _of_a_part(verdict, parts) or verdict
    yield from _scopes(things)
    yield from _in_two_units(claims)


def _parts(claims: Iterable[Dated]) -> dict[tuple[str, Decimal], str]:
    """Numbers that are given for one sort of what is counted, such as the permanent stations, and which sort."""
    found = {}
    for one in claims:
        sort = next((sort for sort in SORTS if sort in one.claim.subject.lower()), "")
        if sort and one.claim.number is not None:
            found[one.claim.kind, one.claim.number] = sort
    return found


def _of_a_part(verdict: Verdict, parts: Mapping[tuple[str, Decimal], str]) -> Verdict | None:
    """That two figures are of other scope, where a conflicting one is given elsewhere for a part."""
    if verdict.verdict != "conflicts" or verdict.other is None:
        return None
    for claim in (verdict.claim, verdict.other):
        if claim.number is not None and (sort := parts.get((claim.kind, claim.number))):
            says = f"{said_of(claim)} is given for the {sort} ones elsewhere"
            return _verdict(verdict.claim, verdict.other, "other scope", says)
    return None


def _thing(claim: Claim, name_of: Callable[[str], str]) -> tuple[str, ...]:
    """What a claim is a figure of, whenever."""
    sort = next((sort for sort in SORTS if sort in claim.subject.lower()), "")
    sort = "international" if sort == "foreign" else sort
    place = claim.place if _narrow(claim.place) else ""
    hour = claim.as_of if len(claim.as_of) in (4, 5) else ""
    match claim.kind:
        case "candidate_share" | "candidate_votes" | "seats" | "nomination" | "nomination_approved":
            return (claim.kind, key(name_of(claim.subject)), place, hour)
        case "exit_poll_share":
            return (claim.kind, key(name_of(claim.subject)), key(name_of(claim.attributed_to)))
        case "exit_poll_design":
            return (claim.kind, key(name_of(claim.subject)), claim.unit)
        case "observers":
            whose = body_of(claim.subject)
            # Stations that somebody visited, and representatives of somebody, are each document's own.
            own = "" if whose or claim.subject.endswith("observers") else claim.document
            return (claim.kind, sort, claim.unit, whose, own)
        case "polling_stations":
            return (claim.kind, "" if claim.subject == "polling stations" else claim.subject, place, claim.unit)
        case "candidates_registered":
            step = _STEPS.get(claim.subject.partition(" ")[0], "")
            return (claim.kind, step, claim.document if step == "more" else "")
        case "stations_reporting":
            return (claim.kind, claim.subject, hour)
        case "webcams" | "media_accredited":
            return (claim.kind, claim.unit)
    return (claim.kind, place, hour)


# Who was nominated or approved, or came in addition, is counted apart from who stands.
_STEPS = {step: step for step in ("nominated", "approved", "other", "more", "accepted")}


def _distinct(group: Sequence[Dated]) -> list[Dated]:
    """The claims, each value of a document once."""
    return list({(one.claim.document, str(one.claim.value), one.claim.qualifier): one for one in group}.values())


def _few(group: list[Dated]) -> list[Dated]:
    """The claims, or where they are very many the first and last of each value: all would be compared with all."""
    if len(group) <= _VERY_MANY:
        return group
    ordered = sorted(group, key=lambda one: one.when)
    first = {(one.claim.value, one.claim.qualifier): one for one in reversed(ordered)}
    last = {(one.claim.value, one.claim.qualifier): one for one in ordered}
    return list({one.claim.id: one for one in (*first.values(), *last.values())}.values())[: 2 * _VERY_MANY]


def related(
    a: Dated, b: Dated, stale: Container[tuple[str, str]] = (), name_of: Callable[[str], str] = str
) -> Verdict | None:
    """How the second of two claims of one thing stands to the first; None where nothing can be said."""
    first, second = sorted((a, b), key=lambda one: one.when)
    one, two = first.claim, second.claim
    if one.kind == "assessment":
        if {one.qualifier, two.qualifier} == {"favourable", "critical"}:
            return _verdict(two, one, "opposed", "One judges well, the other badly")
        return None
    if one.number is None or two.number is None:
        return _names(one, two, name_of)
    verdict, says = figures(first, second)
    if verdict in ("superseded", "conflicts") and (one.id, two.id) in stale:
        return _verdict(two, one, "stale", "An earlier count is repeated after a later one was told")
    return _verdict(two, one, verdict, says)


def _verdict(claim: Claim, other: Claim, verdict: str, says: str) -> Verdict:
    return Verdict(claim, verdict, f"{says}: {said_of(claim)} beside {said_of(other)}.", other)


def said_of(claim: Claim) -> str:
    unit = " %" if claim.unit == "percent" else ""
    value = f"{claim.number:,f}" if claim.number is not None else str(claim.value)
    return " ".join(filter(None, (claim.qualifier if claim.number is not None else "", value))) + unit


def _names(one: Claim, two: Claim, name_of: Callable[[str], str]) -> Verdict | None:
    if one.kind not in ("nomination", "nomination_approved", "election_called"):
        return None
    a, b = key(name_of(str(one.value))), key(name_of(str(two.value)))
    alike = a == b or (one.kind == "nomination" and fuzz.token_sort_ratio(a, b) >= _SAME_NAME)
    if not alike and one.kind == "nomination_approved":
        return None  # a candidacy is accepted on one day and registered on another
    return _verdict(two, one, "agrees" if alike else "conflicts", "The same" if alike else "Both cannot be so")


def _stale(group: Sequence[Dated]) -> set[tuple[str, str]]:
    """Pairs of a newer figure and a later repetition of the one that it had superseded."""
    exact = _few([one for one in group if one.day and not one.claim.qualifier])
    first: dict[object, str] = {}
    for one in sorted(exact, key=lambda told: told.day):
        first.setdefault(one.claim.value, one.day)
    return {
        (newer.claim.id, one.claim.id)
        for one in exact
        for newer in exact
        if first[one.claim.value] < first[newer.claim.value] < one.day and newer.day < one.day
    }


def _register(claims: Iterable[Dated]) -> Decimal | None:
    """The largest register that is given for all, with what its rounding may have taken away."""
    given = [one.claim for one in claims if one.claim.kind == "registered_voters" and not _narrow(one.claim.place)]
    return max((_at_most(claim) for claim in given if claim.number), default=None)


def _at_most(claim: Claim) -> Decimal:
    """The largest figure that a register can mean; voters who are added on the day come on top."""
    assert claim.number is not None
    unit = Decimal(1).scaleb(int(claim.number.normalize().as_tuple().exponent))
    open_end = claim.qualifier in ("more than", "at least", "over")
    return claim.number * (2 if open_end else _ADDED_ON_THE_DAY) + (unit if unit > 1 else 0)


def _impossible(claim: Claim, register: Decimal | None) -> Verdict | None:
    number = claim.number
    if number is None:
        return None
    if claim.unit == "percent" and claim.kind != "exit_poll_design" and number > 100:
        return Verdict(claim, "impossible", f"{said_of(claim)} is more than all.")
    of_voters = claim.kind in ("turnout_count", "valid_votes", "candidate_votes") and not claim.as_of[:4].isdigit()
    if of_voters and register is not None and number > register:
        return Verdict(claim, "impossible", f"{said_of(claim)} is more than any register that is given.")
    return None


def _scopes(things: Mapping[tuple[str, ...], list[Dated]]) -> Iterator[Verdict]:
    """Shares of other places beside that of all: no conflict, and worth telling apart."""
    whole: dict[tuple[str, ...], list[Dated]] = defaultdict(list)
    some: dict[tuple[str, ...], list[Dated]] = defaultdict(list)
    for (kind, *rest), group in things.items():
        if kind in ("turnout_share", "candidate_share"):
            place = next((part for part in rest if _narrow(part)), "")
            who = rest[0] if kind == "candidate_share" else ""
            (some if place else whole)[kind, who] += _distinct(group)
    for thing, group in some.items():
        for one in _few(group):
            for other in _few(whole[thing]):
                yield _verdict(one.claim, other.claim, "other scope", f"Of {one.claim.place} only")


def _narrow(place: str) -> bool:
    return bool(re.search(r"station|district|constituenc|abroad|visited|liberated|territor|previous|No\.", place))


def _in_two_units(claims: Sequence[Dated]) -> Iterator[Verdict]:
    """Stations with cameras in percent, beside a number of stations that makes another percentage."""
    numbers = [one.claim for one in claims if one.claim.number is not None]
    wholes = [claim.number for claim in numbers if claim.kind == "polling_stations" and not _narrow(claim.place)]
    whole = max((number for number in wholes if number), default=None)
    shares = [claim for claim in numbers if claim.kind == "webcams" and claim.unit == "percent"]
    counts = [claim for claim in numbers if claim.kind == "webcams" and claim.unit == "stations"]
    for share in shares if whole else ():
        for count in counts:
            assert share.number is not None
            assert count.number is not None
            makes = 100 * count.number / (whole or Decimal(1))
            if abs(makes - share.number) > 1:
                says = f"{said_of(count)} of {whole:,f} stations is {makes:.1f} %"
                yield _verdict(share, count, "conflicts", says)
