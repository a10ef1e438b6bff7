"""The commands that look at many returns, over Georgia's presidential election of 2013."""

from __future__ import annotations

import json
import shlex
import shutil
from pathlib import Path
from xml.etree import ElementTree

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


def test_a_sample_and_its_estimate_come_out_of_the_commands(folder: Path) -> None:
    words = ["--seed", "2718281828", "--size", "150", "--strata", "district", "--past", "georgia"]
    plain = tallyroom("poll", "sample", "georgia", *words, cwd=folder).stdout
    told = json.loads(tallyroom("poll", "sample", "georgia", *words, "--json", cwd=folder).stdout)
    (folder / "drawn.csv").write_text(plain)
    assert len(told["stations"]) == len(plain.splitlines()) - 1
    assert sum(one["role"] == "sample" for one in told["stations"]) == 150
    assert 1 < float(told["expected_margin"]) < 2
    found = json.loads(tallyroom("poll", "estimate", "georgia", "--sample", "drawn.csv", "--json", cwd=folder).stdout)
    leader = next(one for one in found["choices"] if one["choice"] == "giorgi-margvelashvili")
    assert (found["counted"], found["drawn"], leader["beside"][0]["share"]) == (150, 150, "62.12")
    assert float(leader["sequence"]["low"]) < float(leader["interval"]["low"]) < float(leader["share"])
    assert leader["late"] is None
    assert any("not computable" in line for line in found["says"])


def test_the_convergence_of_an_estimate_is_a_picture_that_a_browser_can_read(folder: Path) -> None:
    done = tallyroom("poll", "sample", "georgia", "--seed", "5", "--size", "120", "--to", "small.csv", cwd=folder)
    assert done.returncode == 0, done.stderr
    words = ["--sample", "small.csv", "--chart", "count.svg"]
    assert tallyroom("poll", "estimate", "georgia", *words, cwd=folder).returncode == 0
    root = ElementTree.parse(folder / "count.svg").getroot()
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert {"every", "once", "line", "rule"} <= {one.get("class") for one in root.iter()}
    assert "Giorgi Margvelashvili" in "".join(root.itertext())


def test_a_sample_is_drawn_into_a_record_once(tmp_path: Path) -> None:
    shutil.copytree(TWELVE, tmp_path / "twelve")
    words = ("poll", "sample", "twelve", "--seed", "d6-3-1", "--size", "9", "--as", "watch-count")
    assert tallyroom(*words, cwd=tmp_path).returncode == 0
    again = tallyroom(*words, cwd=tmp_path)
    assert (again.returncode, "twelve has a sample watch-count already: samples.csv" in again.stderr) == (2, True)


def test_a_margin_without_an_earlier_election_and_a_file_that_is_no_sample_are_refused(folder: Path) -> None:
    done = tallyroom("poll", "sample", "georgia", "--seed", "1", "--margin", "1", cwd=folder)
    assert done.returncode == 2
    assert "--past" in done.stderr
    done = tallyroom("poll", "sample", "georgia", "--seed", "1", "--size", "9", "--by", "watch", cwd=folder)
    assert (done.returncode, "--by would be lost" in done.stderr) == (2, True)
    tallyroom("poll", "sample", "georgia", "--seed", "1", "--size", "9", "--to", "of-georgia.csv", cwd=folder)
    done = tallyroom("poll", "estimate", str(TWELVE), "--sample", "of-georgia.csv", cwd=folder)
    assert done.returncode == 2
    assert "12 stations of of-georgia.csv are not in this record" in done.stderr
    done = tallyroom("poll", "sample", "azerbaijan-2024", "--seed", "1", "--size", "9", cwd=folder)
    assert done.returncode == 2
    assert "a part of the stations" in done.stderr
    (folder / "wrong.csv").write_text("station\n1\n")
    done = tallyroom("poll", "estimate", "georgia", "--sample", "wrong.csv", cwd=folder)
    assert done.returncode == 2
    assert "wrong.csv, line 1" in done.stderr


def test_polls_are_held_against_the_result_with_interviews_beside_them(folder: Path) -> None:
    rows = [f"{n % 6},h{n % 2},1,{'ilham-aliyev' if n % 9 else 'zahid-oruj'},,,f" for n in range(120)]
    head = "station,stratum,weight,choice,refused,age,sex"
    (folder / "interviews.csv").write_text("\n".join([head, *rows, "1,h1,1,,yes,,f"]) + "\n")
    words = ["azerbaijan-2024", "--interviews", "interviews.csv", "--design-effect", "3", "--json"]
    told = json.loads(tallyroom("poll", "compare", *words, cwd=folder).stdout)
    assert [poll["poll"] for poll in told["polls"]] == ["oracle", "src", "rey"]
    assert told["polls"][0]["beside"][0]["choices"][0]["interval"] is not None
    assert told["interviews"]["refusals"][0] == {"group": "all", "asked": 121, "refused": 1}
    assert tallyroom("poll", "compare", "azerbaijan-2024", "--design-effect", "much", cwd=folder).returncode == 2
