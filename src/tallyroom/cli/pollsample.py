"""`tallyroom poll sample`: stations drawn for a quick count."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tallyroom.cli.textfile import write_text
from tallyroom.errors import CannotDraw, NotFound
from tallyroom.record.adding import add_rows
from tallyroom.record.folder import Record, read_record

if TYPE_CHECKING:
    from tallyroom.polls.draw import Sample
    from tallyroom.polls.frame import StationCounts

__all__ = ["sample"]


def sample(
    record: Annotated[str, typer.Argument(help="The record whose stations are drawn from.")],
    seed: Annotated[str, typer.Option("--seed", help="Made in public, after the list of stations is fixed.")],
    size: Annotated[int, typer.Option("--size", help="How many stations.")] = 0,
    margin: Annotated[float, typer.Option("--margin", help="In place of a size: points at 95 %; needs --past.")] = 0.0,
    past: Annotated[str, typer.Option("--past", help="The record of an earlier election, to plan by.")] = "",
    past_contest: Annotated[str, typer.Option("--past-contest", help="Of --past; its first if not given.")] = "",
    strata: Annotated[str, typer.Option("--strata", help="The kind of area that makes strata.")] = "",
    replacements: Annotated[int, typer.Option("--replacements", help="For each stratum.", min=0)] = 3,
    keep: Annotated[str, typer.Option("--as", help="An id: the sample goes into the record under it.")] = "",
    by: Annotated[str, typer.Option("--by", help="With --as: the organisation that draws it.")] = "",
    contest: Annotated[str, typer.Option("--contest", help="With --as: what is counted; all if not given.")] = "",
    listed_at: Annotated[str, typer.Option("--listed-at", help="With --as: when the list was fixed.")] = "",
    seed_at: Annotated[str, typer.Option("--seed-at", help="With --as: when the seed was made.")] = "",
    to: Annotated[Path | None, typer.Option("--to", help="The file for the sample, as CSV.")] = None,
    json_: Annotated[bool, typer.Option("--json", help="Everything, as JSON.")] = False,
) -> None:
    """Draw stations for a quick count, so that anyone can draw them again.

    Without --to, --as and --json, the sample is printed as CSV. With --as it goes into the record, as rows of
    samples.csv and drawn.csv, and is published with it.

    Example: tallyroom poll sample georgia --seed 31415926535897932384 --size 150 --strata district --to sample.csv
    """
    from tallyroom.polls.draw import draw_of
    from tallyroom.polls.frame import frame_of
    from tallyroom.polls.plan import margin_of, size_for
    from tallyroom.polls.quick_count_report import sample_json
    from tallyroom.polls.recorded import RULE
    from tallyroom.polls.samplefile import sample_rows, sample_text

    of_record = {"--by": by, "--contest": contest, "--listed-at": listed_at, "--seed-at": seed_at}
    if unused := [] if keep else [name for name, text in of_record.items() if text]:
        raise typer.BadParameter(
            f"{', '.join(unused)} would be lost: only with --as does the sample go into the record."
        )
    if size and margin:
        raise typer.BadParameter("--size and --margin are two ways to say one thing: give one of them.")
    read = read_record(record)
    if keep and (there := [row for row in read.current("samples") if row.id == keep]):
        raise CannotDraw(f"{record} has a sample {keep} already: {there[0].file}, line {there[0].line}.")
    frame = frame_of(read, strata)
    expected = None
    if past:
        before = read_record(past)
        counts, earlier = _earlier(before, past_contest), frame_of(before, strata)
        size = size or size_for(earlier, counts, margin)
        expected = margin_of(earlier, counts, size)
    if not size:
        raise typer.BadParameter("--size is needed, or --margin with --past.")
    drawn = draw_of(frame.areas, size, seed, replacements)
    if keep:
        row = {"id": keep, "by": by, "contest": contest, "rule": RULE, "seed": seed, "listed_at": listed_at}
        row |= {"seed_at": seed_at, "strata": strata, "size": str(size), "replacements": str(replacements)}
        rows = {"samples": [{name: cell for name, cell in row.items() if cell}], "drawn": sample_rows(drawn, keep)}
        add_rows(Path(record), rows)
    if to is not None:
        write_text(to, sample_text(drawn))
    if json_:
        typer.echo(json.dumps(sample_json(drawn, frame, expected), ensure_ascii=False, indent=1))
    elif to is None and not keep:
        typer.echo(sample_text(drawn), nl=False)
    else:
        _say(drawn, str(to or keep), len(frame.left_out), expected)


def _earlier(record: Record, contest: str) -> StationCounts:
    """The returns of an earlier election's contest, the first if none is named. Raises NotFound."""
    from tallyroom.polls.frame import contest_of, counts_of

    found = contest_of(record, contest)
    returns = record.returns(found.id)
    if returns is None:
        raise NotFound(f"{record.name} holds no returns of {found.id}.")
    return counts_of(record, found, returns)


def _say(drawn: Sample, where: str, left_out: int, expected: float | None) -> None:
    strata = f"{len(drawn.strata):,} strata" if len(drawn.strata) > 1 else "one stratum"
    further = len(drawn.drawn) - drawn.size
    typer.echo(f"{where}: {drawn.size:,} stations in {strata}, and {further:,} to replace them.")
    if left_out:
        typer.echo(f"Not drawn from, count them whole: {left_out:,} electronic or other pseudo-stations.")
    if expected is not None:
        typer.echo(f"By the earlier election the margin would be {expected:.2f} points.")
