"""Two elections side by side, over the stations that both counted: votes, shares, swing and turnout, exact.

A station is compared where it is the same one in both records (`matching.py`), its act in force counts in both, and
both state the base of the shares and the votes of every choice on their form. So nothing moves a figure but the
votes: not the stations that are new, missing, held or annulled in one of the two. What is compared is therefore never
the whole result, and says so.

A swing is the share now minus the share then, in percentage points, of the exact shares and not of the printed ones.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import pyarrow as pa
import pyarrow.compute as pc

from tallyroom.errors import CannotTabulate
from tallyroom.record.contest import Contest
from tallyroom.record.folder import Record
from tallyroom.tabulate.frames import acts_of, make_frames
from tallyroom.tabulate.matching import MatchedBy, MatchedStations, match_stations

__all__ = ["AreaComparison", "Comparison", "ContestComparison", "Side", "compare"]


@dataclass(frozen=True)
class Side:
    """One election's figures over the compared stations of an area.

    base: what the shares are of. voters, registered: over the stations that state both in both elections.
    """

    votes: Mapping[str, int]
    base: int
    voters: int
    registered: int

    def share(self, choice: str) -> Fraction | None:
        """A choice's share in percent; None where it did not stand, or nobody voted."""
        return Fraction(100 * self.votes[choice], self.base) if choice in self.votes and self.base else None

    @property
    def turnout(self) -> Fraction | None:
        """Turnout in percent; None where nobody is registered."""
        return Fraction(100 * self.voters, self.registered) if self.registered else None

    def as_json(self) -> dict[str, object]:
        """The counts, of which everything else follows."""
        return {"votes": dict(self.votes), "base": self.base, "voters": self.voters, "registered": self.registered}


@dataclass(frozen=True)
class AreaComparison:
    """An area of the later election. stations: how many of its stations are compared."""

    area: str
    stations: int
    now: Side
    then: Side

    def swing(self, choice: str) -> Fraction | None:
        """How many percentage points more a choice has now; None where it did not stand in both."""
        now, then = self.now.share(choice), self.then.share(choice)
        return None if now is None or then is None else now - then

    @property
    def turnout_change(self) -> Fraction | None:
        """How many percentage points higher turnout is now; None where one of the two is not known."""
        now, then = self.now.turnout, self.then.turnout
        return None if now is None or then is None else now - then

    def as_json(self) -> dict[str, object]:
        """Both sides' counts."""
        return {"area": self.area, "stations": self.stations, "now": self.now.as_json(), "then": self.then.as_json()}


@dataclass(frozen=True)
class ContestComparison:
    """A contest of the later record beside one of the earlier.

    stations: compared; not_counted: matched stations whose act does not count in one of the two; lacking: those that
    count in both, but of which one leaves a figure open. turnout_stations: those that state voters and registered in
    both. areas: of the later record, those with compared stations, in the order of its file.
    """

    now: Contest
    then: Contest
    stations: int
    not_counted: int
    lacking: int
    turnout_stations: int
    areas: tuple[AreaComparison, ...]

    @property
    def choices(self) -> tuple[str, ...]:
        """The choices that stood in both, matched by their ids."""
        return tuple(choice.id for choice in self.now.choices if choice.id in {c.id for c in self.then.choices})

    @property
    def same_base(self) -> bool:
        """Whether shares are of the same base in both; else no swing says anything."""
        return self.now.shares_of == self.then.shares_of

    def as_json(self) -> dict[str, object]:
        """The contest as `data/comparison.json` has it."""
        return {
            "contest": self.now.id,
            "earlier_contest": self.then.id,
            "shares_of": self.now.shares_of,
            "earlier_shares_of": self.then.shares_of,
            "stations": self.stations,
            "not_counted": self.not_counted,
            "lacking": self.lacking,
            "turnout_stations": self.turnout_stations,
            "areas": [area.as_json() for area in self.areas],
        }


@dataclass(frozen=True)
class Comparison:
    """A record beside an earlier one."""

    now: Record
    then: Record
    matched: MatchedStations
    contests: tuple[ContestComparison, ...]

    def as_json(self) -> dict[str, object]:
        """Everything, as `data/comparison.json` has it: counts only, from which anyone can redo the shares."""
        return {
            "election": self.now.election.id,
            "earlier": self.then.election.id,
            "matched_by": self.matched.by,
            "matched": len(self.matched),
            "only_now": self.matched.only_now.to_pylist(),
            "only_then": self.matched.only_then.to_pylist(),
            "same_but_in_another_area": self.matched.elsewhere,
            "contests": [contest.as_json() for contest in self.contests],
        }


def compare(now: Record, then: Record, by: MatchedBy = "id") -> Comparison:
    """A record beside an earlier one. Raises CannotTabulate where a sum is beyond 64 bits.

    Contests are the same where their ids are, or where each record has only one.
    """
    matched = match_stations(now, then, by)
    within = _within(now, matched.now)
    pairs = _pairs(now.election.contests, then.election.contests)
    found = [_contest(now, then, one, other, matched, within) for one, other in pairs]
    return Comparison(now, then, matched, tuple(contest for contest in found if contest is not None))


def _pairs(now: Sequence[Contest], then: Sequence[Contest]) -> list[tuple[Contest, Contest]]:
    if len(now) == len(then) == 1:
        return [(now[0], then[0])]
    earlier = {contest.id: contest for contest in then}
    return [(contest, earlier[contest.id]) for contest in now if contest.id in earlier]


def _within(now: Record, stations: pa.Array) -> tuple[pa.Array, pa.Array]:
    """Of every pair of a matched station and an area that it lies in: the station's number, and the area."""
    within = make_frames(now).within
    at = pc.index_in(within["place"].combine_chunks(), stations)
    areas = {row.id for row in now.current("areas")}
    held = pc.and_(at.is_valid(), pc.is_in(within["ancestor"].combine_chunks(), pa.array(areas, pa.string())))
    return at.filter(held), within["ancestor"].combine_chunks().filter(held)


def _contest(
    now: Record,
    then: Record,
    one: Contest,
    other: Contest,
    matched: MatchedStations,
    within: tuple[pa.Array, pa.Array],
) -> ContestComparison | None:
    later, earlier = _columns(now, one, matched.now), _columns(then, other, matched.then)
    if later is None or earlier is None:
        return None
    counted = pc.and_(later["counts"].is_valid(), earlier["counts"].is_valid())
    stated = counted
    for side in (later, earlier):
        for name, cells in side.items():
            if name == "base" or name.startswith("votes."):
                stated = pc.and_(stated, cells.is_valid())
    turnout = stated
    for side in (later, earlier):
        for name in ("voters", "registered"):
            turnout = pc.and_(turnout, side[name].is_valid())
    sums = [_sums(side, stated, turnout, within) for side in (later, earlier)]
    stations = _summed(stated.cast(pa.int64()), within)
    areas = [
        AreaComparison(row.id, stations[row.id], _side(sums[0], row.id), _side(sums[1], row.id))
        for row in now.current("areas")
        if stations.get(row.id)
    ]
    compared, both = _true(stated), _true(counted)
    return ContestComparison(one, other, compared, len(matched) - both, both - compared, _true(turnout), tuple(areas))


def _true(mask: pa.Array) -> int:
    return int(pc.sum(mask).as_py() or 0)


def _columns(record: Record, contest: Contest, stations: pa.Array) -> dict[str, pa.Array] | None:
    """The figures of the acts that count, one for each of the stations; null where none counts or states it.

    What is not on a station's form is 0 there: nobody could vote for it.
    """
    table = record.returns(contest.id)
    if table is None:
        return None
    acts = acts_of(record, contest, table)
    rows = pc.indices_nonzero(acts.counts)
    at = rows.take(pc.index_in(stations, acts.station.take(rows)))
    nothing = pa.nulls(len(acts), pa.int64())
    columns = {
        "counts": acts.act,
        "base": acts.figures.get(contest.shares_of, nothing),
        "voters": acts.figures.get("turnout", nothing),
        "registered": acts.figures.get("registered", nothing),
    }
    for choice, votes in acts.votes.items():
        off = acts.off_form.get(f"votes.{choice}")
        columns[f"votes.{choice}"] = votes if off is None else pc.if_else(off, pa.scalar(0, pa.int64()), votes)
    return {name: cells.take(at) for name, cells in columns.items()}


def _sums(
    side: Mapping[str, pa.Array], stated: pa.Array, turnout: pa.Array, within: tuple[pa.Array, pa.Array]
) -> dict[str, dict[str, int]]:
    """Each figure's sum in each area, over the stations that are compared."""
    found = {}
    for name, cells in side.items():
        if name != "counts":
            over = turnout if name in ("voters", "registered") else stated
            found[name] = _summed(pc.if_else(over, cells, pa.scalar(0, pa.int64())), within)
    return found


def _summed(cells: pa.Array, within: tuple[pa.Array, pa.Array]) -> dict[str, int]:
    # Arrow's sum of 64 bits turns over in silence, so what could come near is refused before.
    if len(cells) * int(pc.max(cells).as_py() or 0) >= 2**63:
        raise CannotTabulate("A figure is so large that a sum may be beyond 64 bits, so some figure there is wrong.")
    at, areas = within
    sums = pa.table({"area": areas, "cell": cells.take(at)}).group_by("area").aggregate([("cell", "sum")])
    return dict(zip(sums["area"].to_pylist(), sums["cell_sum"].to_pylist(), strict=True))


def _side(sums: Mapping[str, Mapping[str, int]], area: str) -> Side:
    votes = {name.removeprefix("votes."): of[area] for name, of in sums.items() if name.startswith("votes.")}
    return Side(votes, sums["base"][area], sums["voters"][area], sums["registered"][area])
