"""The command `tallyroom import`, and the transcripts in docs/how-to-import.md."""

from __future__ import annotations

import json
import re
import shlex
import sys
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from tallyroom.cli import main
from tallyroom.cli.import_ import import_
from tallyroom.errors import CannotImport, CannotWrite, Fault
from tallyroom.record.folder import read_record
from tallyroom.sources.mapping_file import built_in_mappings

_FILES = Path(__file__).parent / "files"
_APP = typer.Typer()
_APP.command("import")(import_)


def _run(*arguments: str):
    return CliRunner().invoke(_APP, list(arguments))


def test_the_list_names_one_mapping_a_line_uncut(monkeypatch):
    monkeypatch.setenv("COLUMNS", "20")
    lines = _run("--list").stdout.splitlines()
    assert [line.split()[0] for line in lines] == list(built_in_mappings())
    assert [line.split(maxsplit=1)[1] for line in lines] == list(built_in_mappings().values())


def test_an_import_without_reported_rows_ends_with_status_0_and_a_record_that_can_be_read(tmp_path):
    to = tmp_path / "record"
    result = _run("georgia-2013", str(_FILES / "georgia-2013.csv"), "--to", str(to))
    assert result.exit_code == 0
    assert "3 returns, 0 stations without figures, 0 rows reported" in result.stdout
    assert read_record(to).election.id == "georgia-2013"


def test_a_file_of_another_mapping_is_told_whose_it_is(tmp_path):
    result = _run("uganda-2016", str(_FILES / "georgia-2013.csv"), "--to", str(tmp_path / "record"))
    assert isinstance(result.exception, CannotImport)
    assert result.exception.faults[0].mend.startswith("The nearest is georgia-2013, which names ")


def test_a_reported_row_ends_the_import_with_status_1_and_the_rest_is_written(example, tmp_path):
    example.run()
    file = tmp_path / "faulty.csv"
    file.write_text(example.file.replace("0;2;210", "0;2O;210"))
    result = _run(str(tmp_path / "freedonia.toml"), str(file), "--to", str(tmp_path / "record"), "--json")
    assert result.exit_code == 1
    report = json.loads(result.stdout)
    assert (report["rows"], report["returns"], report["without_figures"], report["reported"]) == (3, 2, 0, 1)
    assert [(fault["line"], fault["column"], fault["found"]) for fault in report["faults"]] == [(3, "Invalid", "'2O'")]
    assert len(read_record(tmp_path / "record").rows("returns/president")) == 2


def test_what_cannot_be_imported_is_listed_as_json_with_exit_status_2(example, tmp_path, monkeypatch, capsys):
    example.run()
    (tmp_path / "renamed.csv").write_text(example.file.replace("Invalid", "Invalids"))
    arguments = ["import", str(tmp_path / "freedonia.toml"), str(tmp_path / "renamed.csv"), "--to", "x", "--json"]
    monkeypatch.setattr(sys, "argv", ["tallyroom", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    report = json.loads(capsys.readouterr().out)
    assert [(fault["line"], fault["column"]) for fault in report["faults"]] == [
        (1, "the column 'Invalids' (column 7)"),
        (1, "the column 'Invalid'"),
    ]


def test_very_many_faults_of_one_kind_are_cut_in_the_message_and_whole_in_the_list():
    error = CannotImport("f.csv", [Fault("f.csv", line, "x", "'a'", "a whole number") for line in range(2, 102)])
    assert len(error.faults) == 100
    assert str(error).splitlines()[-1] == "  … and 80 more of this kind, to line 101."


def test_many_faults_are_cut_on_the_screen_and_counted(example, tmp_path):
    example.run()
    file = tmp_path / "faulty.csv"
    file.write_text(example.file + "".join(f"02 South;{n};Inn;x;1;1;1;1;1;\n" for n in range(2, 40)))
    result = _run(str(tmp_path / "freedonia.toml"), str(file), "--to", str(tmp_path / "record"))
    assert "  … and 18 more, which --json lists." in result.stdout


def test_nothing_is_written_over_a_folder_that_holds_something(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    result = _run("georgia-2013", str(_FILES / "georgia-2013.csv"), "--to", str(tmp_path))
    assert isinstance(result.exception, CannotWrite)


@pytest.mark.parametrize("arguments", [[], ["georgia-2013"], ["georgia-2013", "file.csv"]])
def test_a_command_that_lacks_something_says_what_it_needs(arguments):
    result = _run(*arguments)
    assert result.exit_code == 2
    assert "--to RECORD" in re.sub(r"[│\s]+", " ", result.output)


def test_every_transcript_in_the_documentation_is_what_the_command_prints(
    how_to_import, example, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    Path("freedonia.toml").write_text(example.mapping)
    Path("freedonia-2031.csv").write_text(example.file)
    Path("renamed.csv").write_text(example.file.replace("Ballots by post", "Post ballots"))
    Path("faulty.csv").write_text(example.file.replace("0;2;210", "0;2O;210"))
    blocks = re.findall(r"```console\n(.*?)```", how_to_import, re.DOTALL)
    transcripts = [said for block in blocks for said in re.findall(r"\$ tallyroom import (.*)\n((?:[^$].*\n)*)", block)]
    assert len(transcripts) == 8
    for command, printed in transcripts:
        command, _, into = command.partition(" > ")
        if printed or into:
            result = _run(*shlex.split(command))
            refused = f"{result.exception}\n" if isinstance(result.exception, CannotImport) else ""
            if into:
                Path(into).write_text(result.stdout)
            else:
                # A line of three dots alone stands for the rest.
                shown, _, rest = printed.partition("  …\n")
                said = result.stdout + refused
                assert said.startswith(shown) if rest == "" and shown != printed else said == printed
