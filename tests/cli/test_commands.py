"""The commands as a person or a program meets them: what they print, and the status they end with."""

from __future__ import annotations

import io
import json
import re
import shlex
import shutil
import socket
import subprocess
import sys
import threading
import urllib.request
from contextlib import ExitStack, chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

import pytest
from typer.core import TyperGroup
from typer.main import get_group

from tallyroom.cli import app, main
from tallyroom.cli.demo import open_server

TWELVE = Path(__file__).parent.parent / "records" / "twelve-stations"
VERBS = ["read", "demo", "new", "import", "check", "tabulate", "trace", "publish", "record convert", "poll compare"]
# Their examples go on from one another: tests/cli/test_log_commands.py runs them.
LOG = ["init", "append", "prove", "cosign", "rotate-key", "paper", "evidence", "redact", "close"]
TOGETHER = [*(f"log {verb}" for verb in LOG), "verify"]
# Their examples need a record with returns: tests/cli/test_patterns_commands.py makes one.
OF_RETURNS = ["patterns", "poll sample", "poll estimate"]


@dataclass(frozen=True)
class Done:
    returncode: int
    stdout: str
    stderr: str


def tallyroom(*words: str, cwd: Path | None = None) -> Done:
    """The command, in this process: what it printed, and the status it ended with."""
    out, err, status = io.StringIO(), io.StringIO(), 0
    with ExitStack() as stack:
        stack.enter_context(redirect_stdout(out))
        stack.enter_context(redirect_stderr(err))
        stack.enter_context(mock.patch.object(sys, "argv", ["tallyroom", *words]))
        if cwd is not None:
            stack.enter_context(chdir(cwd))
        try:
            main()
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else 0
    return Done(status, out.getvalue(), err.getvalue())


def test_every_verb_is_in_the_readme() -> None:
    listed = get_group(app).commands
    names = {name for name, verb in listed.items() if not isinstance(verb, TyperGroup)}
    names |= {
        f"{name} {part}" for name, group in listed.items() if isinstance(group, TyperGroup) for part in group.commands
    }
    readme = (Path(__file__).parent.parent.parent / "README.md").read_text(encoding="utf-8")
    assert names == {*VERBS, *TOGETHER, *OF_RETURNS}
    assert all(f"| `{name}` |" in readme for name in names)


@pytest.mark.parametrize("verb", VERBS)
def test_help_ends_in_an_example_that_works(verb: str, tmp_path: Path, shared: Path) -> None:
    told = tallyroom(*verb.split(), "--help")
    _, _, example = told.stdout.partition("Example: tallyroom ")
    words = shlex.split(example)
    assert " ".join(words).startswith(verb), told.stdout
    if verb == "demo":
        words.append("--no-serve")
    if verb == "read":
        (tmp_path / "statement.txt").write_text("Turnout was 76.43 percent, the election commission said.")
    if verb == "import":
        words = [str(shared / "data" / word) if word.endswith(".csv") else word for word in words]
    done = tallyroom(*words, cwd=tmp_path)
    assert done.returncode == (1 if verb == "check" else 0), done.stderr
    assert done.stdout


def test_check_ends_with_1_for_a_warning_and_0_for_a_clean_record(tmp_path: Path) -> None:
    assert tallyroom("check", "azerbaijan-2024").returncode == 1
    begun = tallyroom("new", "my club", cwd=tmp_path)
    assert begun.stdout.endswith("then: tallyroom check 'my club'\n")
    assert "    tallyroom check 'my club' " in (tmp_path / "my club/README.md").read_text()
    assert tallyroom("check", "my club", cwd=tmp_path).returncode == 0


def test_a_record_that_is_not_there_ends_with_2_and_names_the_nearest() -> None:
    done = tallyroom("check", "azerbaijan-2042")
    assert done.returncode == 2
    assert "azerbaijan-2024" in done.stderr
    assert "Traceback" not in done.stderr


def test_all_faults_are_told_at_once_also_as_json(tmp_path: Path) -> None:
    tallyroom("new", "mine", cwd=tmp_path)
    (tmp_path / "mine" / "areas.csv").write_text("id,parent,kind,nmae\nall,,nation,All\n")
    returns = tmp_path / "mine" / "returns" / "chair.csv"
    returns.write_text(returns.read_text().replace("station-2,1", "station-9,1"))
    plain = tallyroom("tabulate", "mine", cwd=tmp_path)
    assert plain.returncode == 2
    assert "areas.csv, line 1" in plain.stderr
    assert "returns/chair.csv, line 3" in plain.stderr
    told = json.loads(tallyroom("tabulate", "mine", "--json", cwd=tmp_path).stdout)
    assert {(fault["file"], fault["line"]) for fault in told["faults"]} == {("areas.csv", 1), ("returns/chair.csv", 3)}


def test_tabulate_says_that_announced_totals_are_nothing_to_tabulate() -> None:
    told = json.loads(tallyroom("tabulate", "azerbaijan-2024", "--json").stdout)
    assert told["election"] == "azerbaijan-2024"
    contest = told["contests"][0]
    assert contest["outcome"]["status"] == "nothing-to-tabulate"
    assert all(count is None for area in contest["areas"] for count in area["votes"].values())


def test_the_published_results_are_the_bytes_of_tabulate(tmp_path: Path) -> None:
    done = tallyroom("publish", str(TWELVE), "--to", str(tmp_path / "site"))
    assert done.returncode == 0, done.stderr
    printed = tallyroom("tabulate", str(TWELVE), "--json").stdout
    assert (tmp_path / "site" / "results.json").read_bytes() == printed.encode()


def test_tabulate_of_one_level_has_only_that_level() -> None:
    told = json.loads(tallyroom("tabulate", str(TWELVE), "--json", "--level", "region").stdout)
    assert {area["kind"] for contest in told["contests"] for area in contest["areas"]} == {"region"}
    wrong = tallyroom("tabulate", str(TWELVE), "--level", "province")
    assert wrong.returncode == 2
    assert "region" in wrong.stderr


def test_trace_finds_the_rows_of_a_figure_and_what_yields_it() -> None:
    told = json.loads(tallyroom("trace", "azerbaijan-2024", "4,957,967", "--json").stdout)
    assert told["held"] == []
    total = next(y for y in told["yielded"] if y["by"] == "sum of final")
    assert total["count"] == 7
    assert {row["file"] for row in total["rows"]} == {"announcements.csv"}
    assert total["sources"] == ["menafn-1107845361"]
    held = json.loads(tallyroom("trace", "azerbaijan-2024", "2499033000", "--json").stdout)["held"]
    assert [(h["file"], h["column"], h["sources"]) for h in held] == [
        ("announcements.csv", "value", ["interfax-99201"])
    ]


def test_trace_of_what_is_no_figure_says_so() -> None:
    done = tallyroom("trace", "azerbaijan-2024", "many")
    assert done.returncode == 2
    assert "digits" in done.stderr


def test_new_does_not_write_into_a_folder_with_something_in_it(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("keep me")
    done = tallyroom("new", "mine", cwd=tmp_path)
    assert done.returncode == 2
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["letter.txt"]


def test_the_demo_takes_the_next_port_when_one_is_taken(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("here")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with open_server(tmp_path, port) as server:
            assert port < server.server_address[1] <= port + 100


def test_the_served_site_is_the_folder(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("here")
    with open_server(tmp_path, 0) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        with urllib.request.urlopen(f"http://127.0.0.1:{server.server_address[1]}/") as answer:
            assert answer.read() == b"here"
        server.shutdown()


def test_the_list_of_verbs_waits_for_nothing_that_only_a_verb_needs() -> None:
    listing = "import sys; from tallyroom.cli import main; sys.argv[1:] = ['--help']"
    program = f"{listing}\ntry: main()\nfinally: print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "publish   Write the site and the data files." in done.stdout
    loaded = set(done.stdout.split())
    assert "tallyroom.cli" in loaded
    assert not loaded & {"duckdb", "jinja2", "numpy", "pyarrow", "pydantic", "rich", "tallyroom.cli.publish"}


def test_the_version_is_said() -> None:
    assert re.fullmatch(r"tallyroom \d+\.\d+\.\d+\n", tallyroom("--version").stdout)


def test_tabulate_prints_the_seats_of_lists(tmp_path: Path) -> None:
    record = tmp_path / "twelve"
    shutil.copytree(TWELVE, record)
    definition = record / "election.toml"
    text = definition.read_text().replace(
        'rule = "plurality"\nseats = 2', 'rule = "dhondt"\nseats = 7\nthreshold = "9"'
    )
    definition.write_text(text)
    council = record / "returns" / "council.csv"
    council.write_text(council.read_text().replace("held,the form arrived without its envelope", "accepted,"))
    lines = [line.split() for line in tallyroom("tabulate", str(record)).stdout.splitlines()]
    assert [line for line in lines if line and line[0] in ("Harvest", "The", "Bridge", "Free")][-4:] == [
        ["Harvest", "3"],
        ["The", "Lantern", "3"],
        ["Bridge", "1"],
        ["Free", "List;", "Independents", "0"],
    ]
    assert not any(
        line[:1] == ["list"] for line in map(str.split, tallyroom("tabulate", str(TWELVE)).stdout.splitlines())
    )
