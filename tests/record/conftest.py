"""A small record that tests break in one place, and what the reader then says."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tallyroom.errors import CannotReadRecord
from tallyroom.record.folder import read_record

TWELVE_STATIONS = Path(__file__).resolve().parents[1] / "records" / "twelve-stations"


class Broken:
    """A copy of the twelve stations, to be changed; `faults` is what the reader says of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(TWELVE_STATIONS, folder)

    def change(self, file: str, old: str, new: str) -> Broken:
        """The record with the first `old` in a file written as `new`."""
        text = (self.folder / file).read_bytes().decode()
        assert old in text
        return self.write(file, text.replace(old, new, 1))

    def write(self, file: str, content: str | bytes) -> Broken:
        """The record with a file of this content."""
        path = self.folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return self

    @property
    def faults(self) -> list[str]:
        """What the reader says, fault by fault; empty where the record can be read."""
        try:
            read_record(self.folder)
        except CannotReadRecord as refused:
            return [str(fault) for fault in refused.faults]
        return []


@pytest.fixture
def broken(tmp_path: Path) -> Callable[..., Broken]:
    """The twelve stations with the first `old` in `file` written as `new`; unchanged without them."""

    def make(file: str = "", old: str = "", new: str = "") -> Broken:
        record = Broken(tmp_path / "record")
        return record.change(file, old, new) if file else record

    return make
