"""A record, published: tabulated, checked, and written as a folder of plain pages and data files.

Same record and same `at`, same bytes; where a publication stands already, its history goes on, and nothing that
was published changes without a word. The clock is never read: the time of publication is passed in.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tallyroom.check import areas
from tallyroom.check.checks import check_record
from tallyroom.check.findings import Report
from tallyroom.errors import CannotWrite
from tallyroom.log.keyfile import KeyFile
from tallyroom.publish import history
from tallyroom.publish.differences import Difference
from tallyroom.publish.edition import Edition
from tallyroom.publish.folder import NewFolder, new_folder
from tallyroom.publish.history import History, read_history
from tallyroom.publish.logbook import has_log, open_logbook
from tallyroom.publish.logstate import log_state, others_on
from tallyroom.publish.making import Making
from tallyroom.publish.pages import front
from tallyroom.record.dates import read_date
from tallyroom.record.definition import FILE, Election, read_definition
from tallyroom.record.folder import Record
from tallyroom.tabulate.comparison import Comparison
from tallyroom.tabulate.results import tabulate

__all__ = ["Published", "publish"]

_SHOWN = 20  # of the rows that were changed or taken away


@dataclass(frozen=True)
class Published:
    """What stands now: where, the number of the publication, its headline in plain text, what the checks saw.

    files: how many there are. written: how many of them are new or changed; 0 where nothing was published
    because nothing was new.
    """

    folder: Path
    number: int
    files: int
    written: int
    headline: tuple[str, ...]
    report: Report


def publish(
    record: Record,
    to: Path,
    at: datetime,
    *,
    release: bool = False,
    because: str = "",
    address: str = "",
    comparison: Comparison | None = None,
    keys: Sequence[KeyFile] = (),
) -> Published:
    """Tabulates and checks a record, and writes its site as the folder `to`, in one exchange.

    at: the time of publication, with its zone. because: why published figures are changed or taken away, where
    they are. address: where the site will stand, such as `https://results.example.org/2031/`. comparison: with an
    earlier election, to be shown too. keys: those that sign the record's log, where it keeps one.
    Raises CannotWrite where `to` holds anything but an earlier publication of this election; before the day of the
    vote; and where a published figure is changed or gone and nobody says why. Raises CannotLog where a logged row is.
    """
    if at.tzinfo is None:
        raise ValueError("the time of publication needs its zone")
    _not_before_the_vote(record, at)
    results = tabulate(record)
    report = check_record(record, results)
    _counted_twice_alike(report)
    with (
        open_logbook(record, keys) if has_log(record) else nullcontext() as book,
        new_folder(to, book.vouched if book else None) as folder,
    ):
        log = None
        if book:
            cosigned = others_on(book)
            book.append_rows().or_refuse()
            log = log_state(book, cosigned)
        edition = Edition(record, results, report, at, comparison, address, release, log)
        making = Making(edition, folder, _history(folder, record, to), book)
        making.data(_definition(folder, record, to))
        if making.lost and not because:
            raise CannotWrite(_says_lost(to, making.lost))
        making.pages()
        if new := making.new:
            making.front(because)
        elif book:
            book.refresh(to)  # a witness may have signed since
        last = making.past.last
        assert last is not None, "a first publication is new"
        written = len(folder.written & folder.digests.keys()) if new else 0
        files = len(folder.digests if new else folder.listed) + 1
        return Published(to, last.number, files, written, tuple(front.headline(edition)), report)


def _counted_twice_alike(report: Report) -> None:
    """Every sum is made twice, by SQL and without; where the two differ there is no result to publish."""
    off = [finding.says for finding in report.findings if finding.check == areas.CHECK]
    if off:
        raise CannotWrite(
            "Our two ways of adding up differ, so nothing is published: " + " ".join(off[:_SHOWN]) + " "
            "Either areas.csv puts an area below itself, or this is a fault of the program: please report it."
        )


def _not_before_the_vote(record: Record, at: datetime) -> None:
    """No figure of a real election is shown before its day: whoever tries things out says `synthetic = true`."""
    election = record.election
    day = read_date(election.date, election.zone).first
    returns = [name for name, table in record.tables.items() if name.startswith("returns/") and len(table)]
    if returns and not election.synthetic and at < day:
        raise CannotWrite(
            f"The vote is on {election.date}, and the record has rows in {', '.join(sorted(returns))}. Nothing is "
            "published of returns before that day. A rehearsal is an election of its own, with synthetic = true."
        )


def _definition(folder: NewFolder, record: Record, to: Path) -> Election | None:
    """The definition that was published before. Raises CannotWrite where only one of the two is a rehearsal."""
    published = folder.published(f"data/{FILE}")
    before = read_definition(published.decode())[0] if published else None
    if before and before.synthetic != record.election.synthetic:
        one, other = ("a rehearsal", "none") if before.synthetic else ("no rehearsal", "one")
        raise CannotWrite(f"{to} is the site of {one}, and this record is {other}: name another folder.")
    return before


def _history(folder: NewFolder, record: Record, to: Path) -> History:
    """The publications that stand there. Raises CannotWrite for those of another election."""
    read = folder.published(history.FILE)
    if read is None:
        return History(record.election.id)
    past = read_history(read)
    if past.election != record.election.id:
        raise CannotWrite(
            f"{to} is the site of {past.election}, and this record is {record.election.id}. "
            "An election keeps its address: name another folder."
        )
    return past


def _says_lost(to: Path, lost: Sequence[Difference]) -> str:
    rows = [f"  {one.table}, {one.row}: {one.kind}{_cells(one)}" for one in lost[:_SHOWN]]
    more = [f"  and {len(lost) - _SHOWN:,} more"] if len(lost) > _SHOWN else []
    return "\n".join(
        [
            f"{len(lost):,} published rows are not as they stand in {to}:",
            *rows,
            *more,
            "A correction is a new act, or a new row that supersedes the old one. To change what was published "
            'all the same, say why: --because "…"; the reason is published with it.',
        ]
    )


def _cells(one: Difference) -> str:
    said = [f"{column} {one.was.get(column) or 'empty'} → {now or 'empty'}" for column, now in one.now.items()]
    return f" ({', '.join(said)})" if said else ""
