"""A site with a log, as it is published, and copies of it to spoil."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tallyroom.log.checkpoint import Checkpoint, parse_checkpoint
from tallyroom.log.keyfile import KeyFile, create_key
from tallyroom.log.keys import VerifierKey
from tallyroom.log.note import parse_note
from tallyroom.publish.logbook import create_logbook, open_logbook
from tallyroom.publish.site import publish
from tallyroom.publish.verdict import Verdict
from tallyroom.publish.verify import Asked, verify
from tallyroom.record.folder import read_record

TWELVE = Path(__file__).parents[1] / "records" / "twelve-stations"
ORIGIN = "results.example.org/talvia-2031"
RECOUNT = "recount,accepted,once more,2031-05-20T10:00,,352,350,100,2,248,8,240,120,80,40,forms"
AT = datetime(2031, 5, 22, 6, 0, tzinfo=UTC)


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


@dataclass
class Published:
    """A site, the record and key that it was made with."""

    site: Path
    record: Path
    key: KeyFile

    @property
    def vkey(self) -> VerifierKey:
        return self.key.key.verifier

    @property
    def checkpoint(self) -> Checkpoint:
        return parse_checkpoint(parse_note((self.site / "log/checkpoint").read_bytes()).text)

    @property
    def checkpoint_of_record(self) -> Checkpoint:
        return parse_checkpoint(parse_note((self.record / "log/checkpoint").read_bytes()).text)

    def verify(self, asked: Asked | None = None) -> Verdict:
        return verify(str(self.site), Asked(key=self.vkey) if asked is None else asked)

    def wrong(self, asked: Asked | None = None) -> list[str]:
        """What is wrong, as it is printed."""
        return [str(wrong) for wrong in self.verify(asked).wrong]

    def change(self, path: str, old: str, new: str) -> None:
        file = self.site / path
        data = file.read_bytes()
        assert old.encode() in data
        file.write_bytes(data.replace(old.encode(), new.encode(), 1))

    def list_again(self) -> None:
        """A manifest that lists the files as they are now, as whoever altered them would write it."""
        listed = (self.site / "manifest").read_text().splitlines()
        names = [line.partition("  ")[2] for line in listed]
        there = sorted(name for name in names if (self.site / name).is_file())
        lines = [f"{_digest(self.site / name)}  {name}\n" for name in there]
        (self.site / "manifest").write_text("".join(lines))

    def publish(self, hours: int = 0, release: bool = False) -> None:
        """Publishes the record as it is now, so many hours after polling day."""
        at = AT + timedelta(hours=hours)
        because = "counted again" if hours else ""
        publish(read_record(self.record), self.site, at, release=release, because=because, keys=[self.key])

    def log(self) -> None:
        """Logs what is not logged yet, and this publication; the log as published stands in the site then."""
        with open_logbook(read_record(self.record), [self.key]) as book:
            assert not book.append_rows().faults
            results, manifest = (_digest(self.site / name) for name in ("results.json", "manifest"))
            book.publish((AT + timedelta(hours=2)).isoformat(), results, manifest)
            shutil.rmtree(self.site / "log", ignore_errors=True)
            for path, data in book.files():
                (self.site / path).parent.mkdir(parents=True, exist_ok=True)
                (self.site / path).write_bytes(data)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """The election of twelve stations, published twice with its log."""
    published = begin(tmp_path_factory.mktemp("verify"))
    published.publish()
    with (published.record / "returns" / "president.csv").open("a") as file:
        file.write(f"south-4,2,{RECOUNT}\n")
    published.publish(1)
    return published


@pytest.fixture
def published(made: Published, tmp_path: Path) -> Published:
    """A copy of that site, to spoil."""
    return copy_of(made, tmp_path)


def copy_of(made: Published, folder: Path) -> Published:
    """The same site, record and key in another folder."""
    shutil.copytree(made.site, folder / "site")
    shutil.copytree(made.record, folder / "record")
    for name in ("key", "key.signed"):
        shutil.copy(made.key.path.parent / name, folder / name)
    return Published(folder / "site", folder / "record", KeyFile(folder / "key", made.key.key))


def begin(folder: Path) -> Published:
    """The election of twelve stations with a log, not published yet."""
    shutil.copytree(TWELVE, folder / "record")
    key = create_key(folder / "key", ORIGIN)
    create_logbook(read_record(folder / "record"), key)
    return Published(folder / "site", folder / "record", key)
