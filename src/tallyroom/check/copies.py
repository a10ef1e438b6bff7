"""Do the copies that observers and parties hold say what the returns say, figure by figure?

The act in force of a copy is held against the act in force of the return, in every figure that both
state. A copy that differs may agree with an earlier act: then a later act is what changed, and that is
said. A copy of a station without a return is listed with its votes, and counts nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from tallyroom.check.figure import many
from tallyroom.check.findings import CannotCheck, Case, Finding, Outcome, Passed, Where
from tallyroom.check.returns import InForce, figures_of, true_at
from tallyroom.check.words import Words
from tallyroom.record.expressions import Votes
from tallyroom.record.folder import Record
from tallyroom.tabulate.frames import acts_of

__all__ = ["check"]

CHECK = "copies"


def check(record: Record, contests: list[InForce]) -> Iterator[Outcome]:
    """One answer for each organisation's copies of each contest, and one for its copies without a return."""
    # Not Record.name_of, which makes a row of text of every station.
    names = {row.id: row["name"] for row in record.current("organisations")}
    with_returns = {returns.contest.id: returns for returns in contests}
    for contest in record.election.contests:
        for organisation, table in record.copies(contest.id).items():
            copies = InForce(contest, acts_of(record, contest, table))
            who = names.get(organisation) or organisation
            returns = with_returns.get(contest.id)
            if returns is not None:
                yield from _compare(copies, returns, who, Words(record, contest))
            elif len(copies):
                yield CannotCheck(CHECK, "returns", Where(table.file, contest=contest.id), len(copies))


def _compare(copies: InForce, returns: InForce, who: str, words: Words) -> Iterator[Outcome]:
    stands = pc.indices_nonzero(copies.acts.in_force)
    in_force = pc.indices_nonzero(returns.acts.in_force)
    at = pc.index_in(copies.acts.station.take(stands), returns.acts.station.take(in_force))
    alone = true_at(at.is_null())
    if alone:
        yield _alone(copies, stands.take(pa.array(alone, pa.int64())).to_pylist(), who)
    pairs = pa.table({"copy": stands, "act": in_force.take(at)}).filter(at.is_valid())
    copy, act = pairs["copy"].combine_chunks(), pairs["act"].combine_chunks()
    theirs, ours = figures_of(copies.acts), figures_of(returns.acts)
    off: dict[int, list[str]] = defaultdict(list)
    shared = pa.array([False] * len(copy), pa.bool_())
    for name, column in theirs.items():
        a, b = column.take(copy), ours[name].take(act)
        shared = pc.or_(shared, pc.and_(a.is_valid(), b.is_valid()))
        for n in true_at(pc.not_equal(a, b)):
            off[n].append(name)
    looked = pc.sum(shared).as_py() or 0
    if looked < len(copy):
        where = Where(copies.acts.table.file, contest=copies.contest.id)
        yield CannotCheck(CHECK, "a figure that both the copy and the return state", where, len(copy) - looked)
    if off:
        places = [(copy[n].as_py(), act[n].as_py(), off[n]) for n in sorted(off)]
        yield _finding(copies, returns, places, looked, who, words)
    elif looked:
        yield Passed(CHECK, looked, f"Every copy of {who} has the figures of the return, where both state them.")


def _finding(
    copies: InForce, returns: InForce, places: list[tuple[int, int, list[str]]], looked: int, who: str, words: Words
) -> Finding:
    theirs, ours = figures_of(copies.acts), figures_of(returns.acts)
    earlier = _earlier(copies, returns, [copy for copy, _, _ in places])
    cases = []
    for copy, act, names in places:
        station = copies.acts.station[copy].as_py()
        for name in names:
            a, b = theirs[name][copy].as_py(), ours[name][act].as_py()
            says = f"{station}: {words.figure(name)}: {a:,} on the copy, {b:,} in the return."
            if copy in earlier:
                says += f" The copy agrees with act {earlier[copy]}; act {returns.acts.act[act]} is in force."
            cases.append(Case(copies.where(copy), says, {"copy": a, "return": b, "difference": a - b}))
    stations, agree = len(places), looked - len(places)
    says = f"{stations:,} of {looked:,} {'copy' if looked == 1 else 'copies'} of {who} "
    says += f"{'differs' if stations == 1 else 'differ'} from the return in {many(len(cases), 'figure')}; "
    says += f"{agree:,} {'agrees' if agree == 1 else 'agree'}."
    if earlier:
        says += (
            f" {len(earlier):,} of those that differ {'agrees' if len(earlier) == 1 else 'agree'} with an earlier act."
        )
    one = len(cases) == 1
    numbers = {"stations": stations, "figures": len(cases), "copies": looked, "agree": agree}
    return Finding(
        CHECK,
        "warning",
        cases[0].where if stations == 1 else Where(copies.acts.table.file, contest=copies.contest.id),
        f"{says} {cases[0].says}" if one else says,
        {**numbers, "as_an_earlier_act": len(earlier)},
        f"{cases[0].numbers['copy']} - {cases[0].numbers['return']} = {cases[0].numbers['difference']}" if one else "",
        tuple(dict.fromkeys((*copies.sources([p[0] for p in places]), *returns.sources([p[1] for p in places])))),
        "Look at the picture of the form, on both sides.",
        tuple(cases),
    )


def _earlier(copies: InForce, returns: InForce, differing: list[int]) -> dict[int, int]:
    """Which of these copies agree in all figures with another act of their station, and with which one."""
    theirs, ours = figures_of(copies.acts), figures_of(returns.acts)
    stations = pa.array([copies.acts.station[n].as_py() for n in differing], pa.string())
    others: dict[str, list[int]] = defaultdict(list)
    for n in true_at(pc.and_(pc.is_in(returns.acts.station, stations), pc.invert(returns.acts.in_force))):
        others[returns.acts.station[n].as_py()].append(n)
    found: dict[int, int] = {}
    for copy in differing:
        for act in others[copies.acts.station[copy].as_py()]:
            pairs = [(theirs[name][copy].as_py(), ours[name][act].as_py()) for name in theirs]
            if all(a == b for a, b in pairs if a is not None and b is not None):
                found[copy] = returns.acts.act[act].as_py()
    return found


def _alone(copies: InForce, at: list[int], who: str) -> Finding:
    votes = copies.acts.work_out(Votes())
    cases = []
    for n in at:
        count = votes[n].as_py()
        says = f"{copies.acts.station[n]}: a copy and no return"
        says += "." if count is None else f"; {many(count, 'vote')} on the copy."
        cases.append(Case(copies.where(n), says, {} if count is None else {"votes": count}))
    one, total = len(cases) == 1, sum(int(case.numbers.get("votes", 0)) for case in cases)
    return Finding(
        CHECK,
        "notice",
        cases[0].where if one else Where(copies.acts.table.file, contest=copies.contest.id),
        f"{who} has copies of {many(len(cases), 'station')} without a return, with {total:,} votes. {cases[0].says}"
        if not one
        else f"{who} has a copy of a station without a return. {cases[0].says}",
        {"stations": len(cases), "votes": total},
        "",
        copies.sources(at),
        "Ask for the returns of these stations. A copy counts nothing.",
        tuple(cases),
    )
