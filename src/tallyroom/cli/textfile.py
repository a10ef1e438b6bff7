"""What a command writes where it was asked to."""

from __future__ import annotations

from pathlib import Path

from tallyroom.errors import CannotWrite

__all__ = ["write_text"]


def write_text(path: Path, text: str) -> None:
    """Writes a file of text with its line ends as they are. Raises CannotWrite."""
    try:
        path.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise CannotWrite(f"{path} cannot be written: the system says “{error.strerror or error}”.") from error
