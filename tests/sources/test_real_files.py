"""The built-in mappings over the real files: what these add up to, and where they differ from themselves.

Every number is from the README of the shared data, or was published with the election. There a row with
missing figures was counted with the violations of an equality; here it is one that cannot be checked, so
both numbers are given, and together they are the README's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pyarrow.compute as pc
import pytest

from tallyroom.check.findings import CannotCheck, Finding
from tallyroom.check.form import check
from tallyroom.check.returns import in_force
from tallyroom.record.folder import Record
from tallyroom.record.form import FormCheck
from tallyroom.sources.importing import Import, import_files
from tallyroom.sources.mapping_file import built_in_mappings, read_mapping


@dataclass(frozen=True)
class Known:
    """What is known of a file.

    sha256: how its checksum begins. rows: in the file; stations, returns: made of them. sums: of items,
    choices and expressions. checks: of the mapping, by name → stations that violate it, and where it
    cannot be checked. further: the same, of identities that no form requires.
    """

    file: str
    sha256: str
    rows: int
    stations: int
    returns: int
    sums: dict[str, int]
    checks: dict[str, tuple[int, int]]
    further: dict[str, tuple[int, int]]


_ISSUED = "issued_early + issued_at_station + issued_outside"
_BOX = "box_portable + box_stationary"


def _russia(year: int, sha: str, stations: int, sums: dict[str, int], off: tuple[int, ...]) -> Known:
    """off: of received = issued + unused, issued >= box, issued = box, portable <= outside + early, certificates, no
    ballot; certificates are left out where the form has none."""
    corrections, more, less, portable, *certificates, none = off
    checks = {
        "Valid ballots equal the votes of all choices": (0, 0),
        "Ballots in the boxes equal invalid and valid ballots": (0, 0),
        "Ballots received are all accounted for": (0, 0),
        "No more ballots issued than voters on the list": (0, 0),
        "No more ballots in the boxes than issued": (more, 0),
        "Ballots issued equal ballots in the boxes": (less, 0),
        "No more ballots in portable boxes than issued outside and early": (portable, 0),
    }
    if certificates:
        checks["Absentee certificates received are all accounted for"] = (certificates[0], 0)
    further = {f"received == {_ISSUED} + unused": (corrections, 0), f"{_BOX} >= 1": (none, 0)}
    file = f"ru{year}.csv.zip"
    return Known(file, sha, stations, stations, stations, sums, checks, further)


def _poland(number: int, sha: str, rows: int, sums: dict[str, int], off: tuple[int, ...]) -> Known:
    """off: of received = unused + issued, cards = issued + envelopes, cards <= these, cards from envelopes.

    Four rows of each round hold "-" in every figure: they cannot be checked, and are in the README's numbers.
    """
    received, cards, more, envelopes = off
    checks = {
        "Cards received equal cards unused and issued": (received - 4, 4),
        "Cards from the urn equal invalid and valid cards": (0, 4),
        "Valid cards equal invalid and valid votes": (0, 4),
        "Valid votes equal the votes of all candidates": (0, 4),
        "Invalid votes equal the sum of their reasons": (0, 4),
        "Cards in the urn equal cards issued and envelopes": (cards - 4, 4),
        "No more cards in the urn than issued and envelopes": (more, 4),
        "Cards from envelopes equal envelopes put into the urn": (envelopes - 4, 4),
        "No more cards issued and envelopes than voters": (0, 4),
    }
    return Known(f"pl2020-president-round{number}.csv.zip", sha, rows, rows, rows, sums, checks, {})


KNOWN = {
    "russia-2004": _russia(
        2004,
        "dc28d05966d4e884",
        95_779,
        {"registered": 108_064_342, "votes.putin": 49_563_020, "valid": 68_925_431},
        (193, 2, 11_195, 6, 7, 2),
    ),
    "russia-2011": _russia(
        2011,
        "fd8aeceeebe92664",
        95_225,
        {"votes.united-russia": 32_371_737, "valid": 64_615_252},
        (463, 18, 12_074, 10, 0, 1),
    ),
    "russia-2012": _russia(
        2012,
        "01e1a3296ecbaef2",
        95_415,
        {"votes.putin": 45_602_075, "valid": 70_864_974},
        (218, 13, 12_212, 24, 0, 1),
    ),
    "russia-2018": _russia(
        2018,
        "0ecfa337c877a2db",
        97_699,
        {"registered": 109_008_428, "votes.putin": 56_430_712, "valid": 72_787_734},
        (348, 6, 10_734, 26, 1),
    ),
    "russia-2020": Known(
        "ru2020.csv.zip",
        "1ec41f7065133142",
        96_765,
        96_765,
        96_765,
        {"votes.yes": 57_071_119, "sum(votes)": 72_419_056},
        {
            "Ballots in the boxes equal invalid ballots and votes": (0, 0),
            "No more ballots in the boxes than issued": (0, 0),
            "No more ballots issued than participants on the list": (0, 0),
        },
        {"box >= 1": (11, 0)},
    ),
    "russia-2021": _russia(
        2021,
        "b65fac633d642d49",
        96_325,
        {"votes.united-russia": 28_064_200, "valid": 55_158_109},
        (344, 7, 11_579, 13, 18),
    ),
    "russia-2024": replace(
        _russia(
            2024,
            "d4a18472d021efac",
            94_214,
            {"votes.putin": 65_246_672, "valid": 73_980_307},
            (72, 1, 8_523, 2, 7),
        ),
        returns=91_946,
    ),
    "poland-2020-round-1": _poland(
        1,
        "c51f5f6c4ad0ea97",
        27_229,
        {"registered": 30_204_241, "valid": 19_425_034, "votes.duda": 8_450_341, "votes.trzaskowski": 5_917_256},
        (810, 1_717, 384, 91),
    ),
    "poland-2020-round-2": _poland(
        2,
        "77958f67300b6f1c",
        27_231,
        {"registered": 30_267_989, "valid": 20_458_480, "votes.duda": 10_440_388, "votes.trzaskowski": 10_018_092},
        (748, 1_601, 386, 79),
    ),
    "georgia-2013": Known(
        "ge2013-president.csv",
        "355a311fe5871ada",
        3_707,
        3_707,
        3_707,
        {
            "registered": 3_537_719,
            "signatures": 1_660_976,
            "invalid": 30_101,
            "votes.giorgi-margvelashvili": 1_012_569,
        },
        {
            "Signatures equal invalid ballots and votes": (428, 0),
            "No more invalid ballots and votes than signatures": (4, 0),
            "No more signatures than ballots received": (2, 0),
            # The README counts 1, which takes the 52 special precincts' empty first list for 0.
            "No more signatures than voters on both lists": (1, 52),
        },
        # 7 are below the signatures, and 52 have no registered voters: 59.
        {"registered >= signatures": (7, 52)},
    ),
    "georgia-2016": Known(
        "ge2016-parliament-party-list.csv",
        "f9f5f4984253d3b5",
        3_668,
        3_668,
        3_668,
        {"valid": 1_753_522, "sum(votes)": 1_751_506},
        {
            "Signatures equal invalid ballots and votes": (1_033, 0),
            "No more invalid ballots and votes than signatures": (125, 0),
            "Signatures equal invalid and valid ballots": (0, 0),
            "Valid ballots equal the votes of all lists": (1_033, 0),
            "No more signatures than ballots received": (9, 0),
            "No more signatures than voters on both lists": (1, 0),
            "No more signatures than voters on the first list": (61, 0),
        },
        {"registered >= 1": (54, 0)},
    ),
    "uganda-2016": Known(
        "ug2016-president.csv.gz",
        "cdfb7fea72f9372f",
        28_010,
        28_010,
        28_010,
        {
            "registered": 15_277_198,
            "votes.yoweri-kaguta-museveni": 5_971_872,
            "votes.kizza-besigye-kifefe": 3_508_687,
            "valid": 9_851_812,
        },
        {
            "Valid votes equal the votes of all candidates": (0, 0),
            "Total votes equal valid and invalid votes": (0, 0),
            "No more votes than registered voters": (0, 0),
        },
        {"sum(votes) >= 1": (235, 0)},
    ),
    "venezuela-2024-v1": Known(
        "ve2024-president-actas-v1.csv.gz",
        "d2d4f23f32f86f4d",
        24_532,
        24_532,
        24_532,
        {
            "registered": 17_745_239,
            "valid + invalid": 10_660_267,
            "votes.maduro": 3_241_461,
            "votes.gonzalez": 7_156_462,
        },
        {"Valid votes equal the votes of all candidates": (0, 0), "No more votes than registered voters": (0, 0)},
        {},
    ),
    "venezuela-2024-v2": Known(
        "ve2024-president-actas-v2.csv.gz",
        "78e6143cfe3df324",
        25_073,
        25_073,
        25_073,
        {},
        {"Valid votes equal the votes of all candidates": (0, 0)},
        {},
    ),
    "albania-2013": Known(
        "al2013-parliament.csv.gz",
        "d181349e09e2a843",
        5_508,
        5_508,
        5_508,
        {},
        {
            # The README counts 846, and takes the two cells that hold "NA" for 0: these two rows add up then.
            "Ballots equal the votes of all parties": (846, 2),
            "No more votes than ballots": (14, 2),
            "No more ballots than registered voters": (0, 0),
        },
        {},
    ),
    "argentina-2015": Known(
        "ar2015-president-caba-long.csv.gz",
        "7d5ea0001ccb20e1",
        87_912,
        7_326,
        7_326,
        {},
        {"Voters equal the votes of all kinds": (919, 0), "No more voters than registered voters": (0, 0)},
        {"voters >= 1": (337, 0)},
    ),
}


@pytest.fixture(scope="session", params=list(KNOWN))
def real(request, shared) -> tuple[Known, Import]:
    """A real file, imported by its mapping: once for all tests that look at it."""
    known = KNOWN[request.param]
    return known, import_files(read_mapping(request.param), [shared / "data" / known.file])


def _sum(record: Record, expression: str) -> int:
    """What an item, a choice or an expression adds up to, over the acts that state it."""
    [returns] = in_force(record)
    if expression.startswith("votes."):
        values = returns.acts.votes[expression.removeprefix("votes.")]
    else:
        values = returns.acts.work_out(FormCheck(name="x", expression=f"{expression} == 0").comparison.left)
    return int(pc.sum(values).as_py())


def _answers(record: Record, further: dict[str, tuple[int, int]]) -> Iterator[tuple[str, tuple[int, int]]]:
    """For each check, those that are off included: the stations that violate it, and where it cannot be checked."""
    form = record.election.form
    checks = [each.model_copy(update={"on": True}) for each in form.checks]
    checks += [FormCheck(name=expression, expression=expression) for expression in further]
    election = record.election.model_copy(update={"form": form.model_copy(update={"checks": tuple(checks)})})
    whole = replace(record, election=election)
    outcomes = list(check(whole, in_force(whole)))
    for each in checks:
        mine = [outcome for outcome in outcomes if outcome.check == f"form: {each.name}"]
        violations = sum(len(outcome.cases) for outcome in mine if isinstance(outcome, Finding))
        yield each.name, (violations, sum(outcome.count for outcome in mine if isinstance(outcome, CannotCheck)))


def test_every_built_in_mapping_is_tried_on_its_real_file():
    assert set(KNOWN) == set(built_in_mappings())


@pytest.mark.slow
def test_every_row_of_a_real_file_is_kept(real):
    known, imported = real
    assert (imported.rows, imported.kept, imported.reported, imported.faults) == (known.rows, known.rows, 0, ())
    assert (len(imported.record.tables["stations"]), imported.returns) == (known.stations, known.returns)
    assert imported.record.rows("sources")[0]["sha256"].startswith(known.sha256)


@pytest.mark.slow
def test_a_real_file_adds_up_to_what_is_known_of_it(real):
    known, imported = real
    assert {name: _sum(imported.record, name) for name in known.sums} == known.sums


@pytest.mark.slow
def test_each_identity_fails_at_as_many_stations_as_were_counted_by_other_means(real):
    known, imported = real
    expected = known.checks | known.further
    answers = dict(_answers(imported.record, known.further))
    assert {name: answers.get(name) for name in expected} == expected


@pytest.mark.slow
def test_a_check_that_the_readme_does_not_count_is_off(real):
    known, imported = real
    counted = set(known.checks)
    assert {each.name for each in imported.record.election.form.checks if each.on} <= counted


@pytest.mark.slow
def test_electronic_voting_of_2024_is_a_station_of_each_of_29_regions(shared):
    files = [shared / "data" / name for name in ("ru2024.csv.zip", "ru2024-electronic-voting.csv")]
    imported = import_files(read_mapping("russia-2024"), files)
    electronic = [row for row in imported.record.rows("stations") if row["kind"] == "electronic"]
    assert (imported.rows, imported.reported, len(electronic)) == (94_243, 0, 29)
    assert len({row["area"] for row in electronic}) == 29
    assert sum(int(row["registered"]) for row in electronic) == 8_434_406
    assert {row["source"] for row in electronic} == {"ru2024-electronic-voting.csv"}
    # The 29 rows fulfil all that the form requires: no check fails at more stations than without them.
    expected = KNOWN["russia-2024"].checks
    answers = dict(_answers(imported.record, {}))
    required = [name for name in expected if name != "Ballots issued equal ballots in the boxes"]
    assert {name: answers[name] for name in required} == {name: expected[name] for name in required}


@pytest.mark.slow
@pytest.mark.parametrize("real", ["russia-2021"], indirect=True)
def test_electronic_voting_of_2021_has_a_station_of_its_own_in_each_constituency(real):
    _, imported = real
    electronic = [row for row in imported.record.rows("stations") if row["kind"] == "electronic"]
    assert len(electronic) == len({row["id"] for row in electronic}) == 18


@pytest.mark.parametrize("real", ["uganda-2016"], indirect=True)
def test_uganda_2016_has_112_districts_below_one_nation(real):
    _, imported = real
    kinds = [row["kind"] for row in imported.record.rows("areas")]
    assert (kinds.count("nation"), kinds.count("district"), kinds.count("constituency")) == (1, 112, 287)
