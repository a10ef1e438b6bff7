"""What of a record's log goes on paper: who it is, size and root in letters, and the same as a QR code.

The code holds exactly what `verify --seen` takes, size and letters, in few and large squares; who the log is stands
beside it, for people.
"""

from __future__ import annotations

import io
import textwrap
from dataclasses import dataclass
from html import escape
from pathlib import Path

import segno

from tallyroom.errors import CannotWrite
from tallyroom.log.paper import letters_of
from tallyroom.log.store import reader_of
from tallyroom.log.whole import read_whole
from tallyroom.publish.logbook import LOG, published_sizes
from tallyroom.record.folder import Record
from tallyroom.record.ledger import Others

__all__ = ["Paper", "paper_of", "write_paper"]

_BLOCKS = {(0, 0): " ", (1, 0): "▀", (0, 1): "▄", (1, 1): "█"}
_BLACK_ON_WHITE, _PLAIN = "\x1b[30;107m", "\x1b[0m"
_SCALE, _MARGIN, _LINE, _LETTER = 6, 24, 16, 7  # of the picture, in its pixels


@dataclass(frozen=True)
class Paper:
    """A log's signed state, to be printed. published: whether a site shows it, so that readers can compare."""

    origin: str
    size: int
    root: bytes
    published: bool

    @property
    def seen(self) -> str:
        """What the code says: size and root, as `verify --seen` takes them."""
        return f"{self.size} {letters_of(self.root)}"

    @property
    def lines(self) -> list[str]:
        """What stands beside the code, the letters in groups of four."""
        groups = " ".join(textwrap.wrap(letters_of(self.root), 4))
        return [self.origin, f"{self.size} entries, root", *textwrap.wrap(groups, 35)]

    @property
    def code(self) -> segno.QRCode:
        """The QR code, readable with a quarter of it spoilt."""
        return segno.make_qr(self.seen, error="q", boost_error=False)

    @property
    def text(self) -> str:
        """Lines and code in plain characters, ink where the code is dark."""
        return "".join(f"{line}\n" for line in (*self.lines, *(row.rstrip() for row in self._drawn)))

    @property
    def coloured(self) -> str:
        """The same for a terminal: black on white whatever its own colours are, as cameras want it."""
        return "".join(
            f"{line}\n" for line in (*self.lines, *(f"{_BLACK_ON_WHITE}{row}{_PLAIN}" for row in self._drawn))
        )

    @property
    def _drawn(self) -> list[str]:
        """Two rows of the code in each line."""
        rows = [list(row) for row in self.code.matrix_iter(border=4)]
        rows += [[0] * len(rows[0])] * (len(rows) % 2)
        return [
            "".join(_BLOCKS[pair] for pair in zip(above, below, strict=True))
            for above, below in zip(rows[::2], rows[1::2], strict=True)
        ]

    @property
    def svg(self) -> str:
        """Lines and code as a picture, black on white."""
        side = int(self.code.symbol_size(_SCALE, 4)[0])
        width = max(side, 2 * _MARGIN + _LETTER * max(map(len, self.lines)))
        height = side + _LINE * len(self.lines) + _MARGIN
        said = "".join(
            f'<text x="{_MARGIN}" y="{side + _LINE * at}">{escape(line)}</text>\n'
            for at, line in enumerate(self.lines, 1)
        )
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
            ' font-family="monospace" font-size="11">\n'
            f'<rect width="{width}" height="{height}" fill="#fff"/>\n'
            f"{self.code.svg_inline(scale=_SCALE, border=4)}\n{said}</svg>\n"
        )

    @property
    def png(self) -> bytes:
        """The code alone as a picture."""
        data = io.BytesIO()
        self.code.save(data, kind="png", scale=_SCALE, border=4)
        return data.getvalue()


def paper_of(record: Record) -> Paper:
    """The state that is signed, after every entry was hashed and found to make this root."""
    others = Others()
    checkpoint = read_whole(reader_of(record.folder / LOG), others.take).checkpoint
    published = checkpoint.size in published_sizes(others.ledger(checkpoint.size))
    return Paper(checkpoint.origin, checkpoint.size, checkpoint.root, published)


def write_paper(paper: Paper, to: Path) -> None:
    """A file of the kind that its name ends in."""
    if to.suffix not in (".svg", ".png", ".txt"):
        raise CannotWrite(f"{to} is to be a picture or a text: end its name in .svg, .png or .txt.")
    data = paper.png if to.suffix == ".png" else (paper.svg if to.suffix == ".svg" else paper.text).encode()
    try:
        to.write_bytes(data)
    except OSError as error:
        raise CannotWrite(f"{to} cannot be written: {error.strerror or error}.") from error
