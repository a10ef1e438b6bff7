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
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from itertools import combinations

from rapidfuzz import fuzz

from tallyroom.record.claim import Claim

__all__ = ["SORTS", "Dated", "Verdict", "compared", "figures", "key", "related", "said_of"]

_GROWS = frozenset(
    {"turnout_count", "turnout_share", "candidate_votes", "candidate_share", "share_counted", "stations_reporting"}
    | {"valid_votes", "observers", "media_accredited", "seats", "candidates_registered"}
)
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
_MANY_TIMES = 3
_VERY_MANY = 100
_LONGEST = 18  # digits; what is longer is no figure, and not worked with
_SLIP = Decimal("0.02")  # of the value: by so much a later total may fall when stations are annulled


@dataclass(frozen=True)
class Dated:
    """A claim with the day of its document, where known: as of when it was said at the latest."""

    claim: Claim
    day: str = ""

    @property
    def when(self) -> str:
        """The moment that it stands for, as text that sorts."""
        return self.claim.as_of if len(self.claim.as_of) == 10 else self.day


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
    register = _register(claims)
    for one in claims:
        if verdict := _impossible(one.claim, register):
            yield verdict
    for (kind, *_), group in things.items():
        stale = _stale(group) if kind in _SHARES or kind == "candidate_votes" else set()
        for a, b in combinations(_few(_distinct(group)), 2):
            if verdict := related(a, b, stale, name_of):
                yield verdict
    yield from _scopes(things)
    yield from _in_two_units(claims)


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
            whose = _body(claim.subject)
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


def _body(subject: str) -> str:
    match = re.search(r"\bof (?:the )?(.+)$", subject)
    return key(match[1]) if match else ""


def key(name: str) -> str:
    """A name for comparison: its words without marks and titles, sorted, for some write the family name first."""
    words = re.findall(r"\w+", re.sub(r"\([^)]*\)", "", name).casefold())
    return " ".join(
        sorted(word for word in words if len(word) > 1 and word not in ("the", "of", "and", "party", "oglu", "oghlu"))
    )


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
    return _verdict(two, one, "agrees" if alike else "conflicts", "The same" if alike else "Both cannot be so")


def figures(first: Dated, second: Dated) -> tuple[str, str]:
    """How two numbers for one thing stand to each other, the earlier one first."""
    one, two = first.claim, second.claim
    assert one.number is not None
    assert two.number is not None
    if one.number == two.number or _meet(one, two):
        return "agrees", "Both can be true"
    if step := _cut(one.number, two.number):
        return step
    if one.kind in _SHARES and abs(one.number - two.number) == _unit(one.number, two.number):
        return "rounded", "They differ by one in the last digit, as rounding makes"
    planned = {"planned", "expected", "projected"} & {one.modality, two.modality}
    if planned and one.modality != two.modality:
        return "superseded", "The one was planned or expected"
    if one.number * _MANY_TIMES < two.number or two.number * _MANY_TIMES < one.number:
        # Six thousand stations and twenty-six: of some only, unless it is told of whom both are.
        own = one.kind in ("observers", "candidate_share", "candidate_votes", "seats") and _body(one.subject)
        return ("conflicts", "Both cannot be true") if own else ("other scope", "Too far apart to be of the same")
    if one.kind in _GROWS and _may_follow(first, second):
        return "superseded", "A later figure"
    return "conflicts", "Both cannot be true"


def _may_follow(first: Dated, second: Dated) -> bool:
    """Whether the second may be a later state of what grows: it does not fall, or only by a correction."""
    one, two = first.claim.number, second.claim.number
    assert one is not None
    assert two is not None
    if first.claim.document == second.claim.document:
        return False
    if first.claim.kind == "candidate_share":
        return abs(one - two) <= max(one, two) / 5
    grown = two >= one or one - two <= one * _SLIP
    # Documents of one day, or of none, do not tell which figure is the later one.
    return grown or not first.when or (first.when == second.when and abs(one - two) <= max(one, two) / 2)


def _cut(one: Decimal, two: Decimal) -> tuple[str, str] | None:
    """Whether the one is the other with fewer digits."""
    if max(one.adjusted(), two.adjusted()) > _LONGEST or min(one, two) == 0:
        return None
    short, long = sorted((one, two), key=_last_place, reverse=True)
    place = _last_place(short)
    # 800 beside 790 may be any of many figures; 6,500,000 beside 6,478,623 is a rounding.
    if 1 < place < 1000:
        return None
    if (long / place).quantize(Decimal(1), ROUND_HALF_UP) * place == short:
        return "rounded", "The one is the other, rounded"
    if (long / place).quantize(Decimal(1), ROUND_DOWN) * place == short:
        return "truncated", "The one is the other, cut off"
    return None


def _last_place(value: Decimal) -> Decimal:
    """One unit in the last digit that says something: 0.01 for 92.12, 100,000 for 6,500,000."""
    exponent = int(value.normalize().as_tuple().exponent)
    return Decimal(1).scaleb(exponent)


def _unit(one: Decimal, two: Decimal) -> Decimal:
    return Decimal(1).scaleb(min(int(one.as_tuple().exponent), int(two.as_tuple().exponent)))


def _meet(one: Claim, two: Claim) -> bool:
    """Whether what a qualifier leaves open holds the other figure."""
    return _holds(one, two) or _holds(two, one)


def _holds(loose: Claim, exact: Claim) -> bool:
    assert loose.number is not None
    assert exact.number is not None
    value, other = loose.number, exact.number
    match loose.qualifier:
        case "more than" | "at least" | "over":
            # Nobody says "more than 6,300" of 20,000.
            return value <= other <= value * Decimal("1.2")
        case "at most" | "up to" | "within" | "less than":
            return value * Decimal("0.8") <= other <= value
        case "almost" | "nearly":
            return value * Decimal("0.97") <= other <= value
        case "about":
            return abs(value - other) <= value * Decimal("0.03")
    return False


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
    """The largest register that is given for all."""
    given = [one.claim.number for one in claims if one.claim.kind == "registered_voters" and one.claim.number]
    return max(given, default=None)


def _impossible(claim: Claim, register: Decimal | None) -> Verdict | None:
    number = claim.number
    if number is None:
        return None
    if claim.unit == "percent" and claim.kind != "exit_poll_design" and number > 100:
        return Verdict(claim, "impossible", f"{said_of(claim)} is more than all.")
    of_voters = claim.kind in ("turnout_count", "valid_votes", "candidate_votes")
    if of_voters and register is not None and number > register * 2:
        return Verdict(claim, "impossible", f"{said_of(claim)} is more than the register of {register:,f}.")
    return None


def _scopes(things: Mapping[tuple[str, ...], list[Dated]]) -> Iterator[Verdict]:
    """Turnouts of other places beside that of all: no conflict, and worth telling apart."""
    whole = [g for (kind, *rest), g in things.items() if kind == "turnout_share" and rest and not _narrow(rest[0])]
    some = [g for (kind, *rest), g in things.items() if kind == "turnout_share" and rest and _narrow(rest[0])]
    for group in some:
        for one in _distinct(group):
            for other in (other for g in whole for other in _distinct(g)):
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
