"""How two numbers for one thing stand to each other: the same, rounded, cut off, a later one, or in conflict.

    figures(earlier, later) → ("rounded", "The one is the other, rounded")

What a text says of place and time is all that is known of it, and a verdict is no more than that.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from tallyroom.record.claim import Claim

__all__ = ["Dated", "body_of", "figures", "key"]

_GROWS = frozenset(
    {"turnout_count", "turnout_share", "candidate_votes", "candidate_share", "share_counted", "stations_reporting"}
    | {"valid_votes", "observers", "media_accredited", "seats", "candidates_registered"}
)
_SHARES = frozenset({"turnout_share", "candidate_share", "share_counted", "exit_poll_share"})
_MANY_TIMES = 3
_LONGEST = 18  # digits; what is longer is no figure, and not worked with
_SLIP = Decimal("0.02")  # of the value: by so much a later total may fall when stations are annulled
_EXACT = 3  # digits: a figure with fewer may be round itself
_LEAST_TO_SWAP = 3


@dataclass(frozen=True)
class Dated:
    """A claim with the day of its document, where known: as of when it was said at the latest."""

    claim: Claim
    day: str = ""

    @property
    def when(self) -> str:
        """The moment that it stands for, as text that sorts."""
        return self.claim.as_of if len(self.claim.as_of) == 10 else self.day


def key(name: str) -> str:
    """A name for comparison: its words without marks and titles, sorted, for some write the family name first."""
    words = re.findall(r"\w+", re.sub(r"\([^)]*\)", "", name).casefold())
    return " ".join(
        sorted(word for word in words if len(word) > 1 and word not in ("the", "of", "and", "party", "oglu", "oghlu"))
    )


def body_of(subject: str) -> str:
    """Whose the observers of a subject are; empty where it does not say."""
    match = re.search(r"\bof (?:the )?(.+)$", subject)
    return key(match[1]) if match else ""


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
    if _swapped(one.number, two.number):
        return "conflicts", "The same digits in another order"
    if one.document and one.document == two.document:
        # Nobody gives two numbers for one thing in one text: those are of other places, hours, votes or observers.
        return "other scope", "Two figures of one document"
    if (one.modality, two.modality) == ("preliminary", "final") and first.when <= second.when:
        return "superseded", "The one was preliminary"
    planned = {"planned", "expected", "projected"} & {one.modality, two.modality}
    if planned and one.modality != two.modality:
        return "superseded", "The one was planned or expected"
    if one.number * _MANY_TIMES < two.number or two.number * _MANY_TIMES < one.number:
        # Six thousand stations and twenty-six: of some only, unless it is told of whom both are.
        own = one.kind in ("observers", "candidate_share", "candidate_votes", "seats") and body_of(one.subject)
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
    # Two round numbers are two figures: 1,200 is not 1,000 rounded.
    if _digits(short) == 1 and place > 1 and _digits(long) < _EXACT:
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


def _digits(value: Decimal) -> int:
    """How many digits say something: 2 for 6,500,000."""
    return len(value.normalize().as_tuple().digits)


def _swapped(one: Decimal, two: Decimal) -> bool:
    """Whether two neighbouring digits changed places: 213 and 231, 8,794,726 and 8,479,726."""
    a, b = (f"{value:f}" for value in (one, two))
    if len(a) != len(b) or len(a) < _LEAST_TO_SWAP:
        return False
    apart = [at for at, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
    return len(apart) == 2 and apart[1] == apart[0] + 1 and a[apart[0] : apart[1] + 1] == b[apart[1]] + b[apart[0]]
