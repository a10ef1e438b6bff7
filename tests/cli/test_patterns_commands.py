"""The commands that look at many returns, over Georgia's presidential election of 2013."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest

from tests.cli.test_commands import OF_RETURNS, TWELVE, tallyroom


@pytest.fixture(scope="module")
def folder(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the record `georgia` in it, as the examples have it."""
    folder = tmp_path_factory.mktemp("returns")
    file = str(shared / "data" / "ge2013-president.csv")
    assert tallyroom("import", "georgia-2013", file, "--to", "georgia", cwd=folder).returncode == 0
    return folder


@pytest.mark.parametrize("verb", OF_RETURNS)
def test_help_ends_in_an_example_that_works(verb: str, folder: Path) -> None:
    told = tallyroom(*verb.split(), "--help")
    _, _, example = told.stdout.partition("Example: tallyroom ")
    words = shlex.split(example)
    assert " ".join(words).startswith(verb), told.stdout
    done = tallyroom(*words, cwd=folder)
    assert done.returncode == 0, done.stderr
    assert done.stdout


def test_patterns_of_one_contest_stand_at_the_top_of_the_json(folder: Path) -> None:
    told = json.loads(tallyroom("patterns", "georgia", "--json", cwd=folder).stdout)
    either = told["integer_percentages"]["either"]
    assert (told["contest"], told["choice"], told["by"]) == ("president", "giorgi-margvelashvili", "district")
    assert (told["integer_percentages"]["stations"], either["observed"], either["expected"]) == (3575, 751, 693.974)
    assert (either["z"], either["flagged"]) == (2.441, False)
    assert told["runner_up"]["choice"] == "davit-bakradze"
    assert told["reference_election"]["election"] == "poland-2020-round-1"


def test_every_method_says_what_it_assumes_and_what_else_makes_such_figures(folder: Path) -> None:
    told = json.loads(tallyroom("patterns", "georgia", "--json", cwd=folder).stdout)
    methods = ("integer_percentages", "turnout_window", "fingerprint", "histograms", "vote_rate", "slopes")
    for method in (*methods, "last_digits", "klimek"):
        assert told[method]["assumptions"], method
        assert told[method]["innocent_explanations"], method


def test_another_choice_and_another_reference_may_be_asked_for(folder: Path) -> None:
    words = ["--choice", "nino-burjanadze", "--reference", "georgia", "--json"]
    told = json.loads(tallyroom("patterns", "georgia", *words, cwd=folder).stdout)
    assert told["choice"] == "nino-burjanadze"
    assert told["runner_up"]["choice"] == "giorgi-margvelashvili"
    assert told["reference_election"]["election"] == "georgia-2013"


def test_no_printed_word_accuses(folder: Path) -> None:
    told = tallyroom("patterns", "georgia", cwd=folder).stdout + tallyroom("patterns", "--help").stdout
    assert not any(word in told.casefold() for word in ("fraud", "falsif", "rigg", "stolen", "suspicious"))


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["azerbaijan-2024"], "the record holds no returns"),
        ([str(TWELVE)], "with fewer than 100 shapes are chance"),
        (["georgia", "--choice", "nobody"], "no choice 'nobody'"),
        (["georgia", "--contest", "mayor"], "no contest 'mayor'"),
        (["georgia", "--by", "village"], "Kinds of this record: nation, district"),
    ],
)
def test_what_cannot_be_looked_at_is_refused_in_plain_words(words: list[str], says: str, folder: Path) -> None:
    done = tallyroom("patterns", *words, cwd=folder)
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr
