"""What a site's pages say of the record's log: who it is, its root, who signed it, what it says of itself."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

from tallyroom.log.paper import letters_of
from tallyroom.log.strict import base64_of
from tallyroom.publish.logbook import Logbook
from tallyroom.record.ledger import Closing, Redaction

__all__ = ["LogState", "log_state", "others_on"]


@dataclass(frozen=True)
class LogState:
    """A log as a publication finds it: all entries before the publication's own.

    cosigned: who else signed the checkpoint that stood when the publication began, of `cosigned_size` entries.
    closings: all of them; corrected: how many corrections came after the last. redactions: by the entry taken away.
    """

    origin: str
    size: int
    root: bytes
    vkeys: tuple[str, ...]
    cosigned_size: int
    cosigned: tuple[str, ...]
    closings: tuple[Closing, ...]
    corrected: int
    redactions: tuple[Redaction, ...]

    @property
    def checkpoint_root(self) -> str:
        """The root as a checkpoint has it."""
        return base64_of(self.root)

    @property
    def letters(self) -> str:
        """Size and root as they stand on paper, in groups of four, and as `verify --seen` takes them."""
        return f"{self.size} {' '.join(textwrap.wrap(letters_of(self.root), 4))}"


def others_on(book: Logbook) -> tuple[int, tuple[str, ...]]:
    """The size of the checkpoint that stands, and the names of those who signed it beside the log's own key."""
    names = dict.fromkeys(signature.name for signature in book.log.note.others)
    return book.log.tree.size, tuple(name for name in names if name != book.log.checkpoint.origin)


def log_state(book: Logbook, cosigned: tuple[int, tuple[str, ...]]) -> LogState:
    """The log now, its rows appended. cosigned: `others_on` before they were."""
    ledger, tree = book.ledger, book.log.tree
    return LogState(
        book.log.checkpoint.origin,
        tree.size,
        tree.root(),
        book.vkeys,
        *cosigned,
        tuple(ledger.closings),
        len(ledger.corrected),
        tuple(ledger.redacted[index] for index in sorted(ledger.redacted)),
    )
