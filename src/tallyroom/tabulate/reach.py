"""The least and the most that a figure of the whole can still come to, whatever those do who are missing.

Missing are the voters at stations whose votes could still come, as `to_come.sql` counts them. A count stays as it is
or grows by all of them. The base of a share grows by all of them: turnout's is the register of the stations that
count and of those to come, not the sum of stations.csv, which the forms may have overtaken; that of a share of votes
is what the contest names, and were it to grow by fewer, the share would move less.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from tallyroom.record.contest import Contest
from tallyroom.tabulate.results import AreaResult
from tallyroom.tabulate.shares import printed_share

__all__ = ["End", "parts", "reach"]


@dataclass(frozen=True)
class End:
    """The least or the most: exactly, as printed, and how it is worked out."""

    value: Fraction
    says: str
    arithmetic: str


def reach(area: AreaResult, contest: Contest, figure: str, come: int | None) -> tuple[End, End] | None:
    """The least and the most of a figure, named as in `AreaResult.figure`; None where nobody can say.

    come: the outcome's votes that could come, which are known of the whole alone. What an annulled station had nobody
    can say, nor what acts leave out.
    """
    ours = area.figure(figure)
    if come is None or ours is None or area.stations.annulled or figure in area.lacking:
        return None
    if isinstance(ours, int):
        all_of_it = ours + come
        most = End(Fraction(all_of_it), f"{all_of_it:,}", f"{ours} + {come} = {all_of_it}")
        return End(Fraction(ours), f"{ours:,}", f"{ours}"), most
    made_of = parts(area, contest, figure)
    if made_of is None or area.lacking.keys() & {*_made_of(contest, figure)}:
        return None
    part, whole = made_of
    least = _of_share(contest, part, f"{part}", whole, come)
    return least, _of_share(contest, part + come, f"({part} + {come})", whole, come)


def parts(area: AreaResult, contest: Contest, share: str) -> tuple[int, int] | None:
    """What a share is made of, in percent of what; None where these do not print as it.

    Turnout may be made of other stations than the figures that it is made of.
    """
    part, whole = (area.figure(name) for name in _made_of(contest, share))
    if not isinstance(part, int) or not isinstance(whole, int) or not whole:
        return None
    printed = printed_share(part, whole, contest.share_digits, contest.rounding)
    return (part, whole) if printed == area.figure(share) else None


def _made_of(contest: Contest, share: str) -> tuple[str, str]:
    """The names of the part and of the whole of a share."""
    kind, _, choice = share.partition(".")
    return ("cast", "registered") if kind == "turnout" else (f"votes.{choice}", contest.shares_of)


def _of_share(contest: Contest, part: int, text: str, whole: int, come: int) -> End:
    """A share with all that is missing in its base. text: of the part."""
    says = f"{printed_share(part, whole + come, contest.share_digits, contest.rounding)} %"
    return End(Fraction(100 * part, whole + come), says, f"{text} / ({whole} + {come}) = {says}")
