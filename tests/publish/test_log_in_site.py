"""A record with a log, published: the site's own log, and what `verify` says of it."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from tallyroom.errors import CannotLog
from tallyroom.log.keyfile import create_key
from tallyroom.publish.logbook import create_logbook, open_logbook
from tallyroom.publish.site import publish
from tallyroom.publish.verify import Asked, verify
from tallyroom.record.folder import read_record
from tests.log.witness import Witness
from tests.publish.conftest import AT, TWELVE

_KILLED_BEFORE_IT_IS_SHOWN = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
from tallyroom.log.keyfile import read_key
from tallyroom.publish.logbook import Logbook
from tallyroom.publish.site import publish
from tallyroom.record.folder import read_record
Logbook.files = lambda book: os.kill(os.getpid(), signal.SIGKILL)
record, site, key = map(Path, sys.argv[1:4])
publish(read_record(record), site, datetime.fromisoformat(sys.argv[4]), keys=[read_key(key)])
"""


def test_a_record_with_a_log_is_published_logged_and_verified(tmp_path: Path) -> None:
    record, site = tmp_path / "record", tmp_path / "site"
    shutil.copytree(TWELVE, record)
    key = create_key(tmp_path / "key", "results.example.org/talvia-2031")
    create_logbook(read_record(record), key)
    with pytest.raises(CannotLog):
        publish(read_record(record), site, AT)
    # Killed when the log says that it was published, and nobody was shown it yet: the next run shows just that.
    words = [sys.executable, "-c", _KILLED_BEFORE_IT_IS_SHOWN, *map(str, (record, site, key.path)), AT.isoformat()]
    assert subprocess.run(words, check=False).returncode == -signal.SIGKILL
    assert not site.exists()
    before = (record / "log/checkpoint").read_bytes()
    again = publish(read_record(record), site, AT + timedelta(hours=1), keys=[key])
    # And since nothing else is new, nothing is added.
    assert (again.number, again.written) == (1, 0)
    assert (site / "log/checkpoint").read_bytes() == (record / "log/checkpoint").read_bytes() == before
    asked = Asked(key.key.verifier)
    first = verify(str(site), asked)
    assert (first.wrong, len(first.not_proved)) == ([], 1)
    # A cosignature comes in by itself.
    witness = Witness(logs=[str(key.key.verifier)])
    with open_logbook(read_record(record), [key]) as book:
        book.cosign(witness.add_checkpoint, [witness.key])
    assert publish(read_record(record), site, AT + timedelta(hours=2), keys=[key]).written == 0
    assert verify(str(site), Asked(key.key.verifier, witnesses=(witness.key,), quorum=1)).wrong == []
    # A recount is a new publication, of a release.
    with (record / "returns" / "president.csv").open("a") as file:
        file.write("south-4,2,recount,accepted,x,2031-05-20T10:00,,352,350,100,2,248,8,240,120,80,40,forms\n")
    # The second that the log has is lost: signed, and its folder gone before it was shown. The site leaves it out.
    with open_logbook(read_record(record), [key]) as book:
        book.append_rows()
        assert book.publish(f"{AT + timedelta(hours=3):%Y-%m-%dT%H:%M:%SZ}", "11" * 32, "22" * 32).number == 2
    third = publish(read_record(record), site, AT + timedelta(hours=3), keys=[key], release=True)
    assert third.written < third.files  # files of log/ are in neither
    assert third.number == 3
    last = verify(str(site), asked)
    assert (last.wrong, len(last.not_proved)) == ([], 1)
    assert any("publication 3 of the log" in said for said in last.proved)
    assert "returns.president.north-1.1" in (site / "verify.html").read_text()
    # A logged row that was changed is not published.
    text = (record / "areas.csv").read_text()
    (record / "areas.csv").write_text(text.replace("North,", "Norden,", 1))
    with pytest.raises(CannotLog, match=r"areas\.csv, line 3"):
        publish(read_record(record), site, AT + timedelta(hours=4), keys=[key])
