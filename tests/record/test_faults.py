"""One thing wrong in a record that is otherwise sound: what the reader says of it."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest

from tallyroom.errors import CannotReadRecord, NotFound
from tallyroom.record.folder import read_record

PRESIDENT = "returns/president.csv"
LOOK = "Look at the form, and enter the figure it shows; if it cannot be read, leave the cell empty."


def test_the_twelve_stations_have_no_fault(broken):
    assert broken().faults == []


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("north-1,1,", "north-1,0,", "act is '0'; expected 1 or more. The first act at a station is 1."),
        ("north-1,1,", "north-1,01,", "act is '01'; expected a whole number without leading zeros. Write 1."),
        ("north-1,1,", "north-1, 1,", "act is ' 1'; expected a whole number. Take the space away."),
        ("north-1,1,", "North-1,1,", "station is 'North-1'; expected an id of stations. The nearest is north-1."),
        ("north-1,1,", ",1,", "station is empty; expected the id of a row. Every row needs it."),
        (
            ",1000,1000,",
            ',"1 000",1000,',
            "registered is '1 000'; expected a whole number. If 1000 is meant, write it so, without separators.",
        ),
        (
            ",1000,1000,",
            ",1.000,1000,",
            "registered is '1.000'; expected a whole number. If 1 is meant, write 1; if 1000, write 1000.",
        ),
        (",1000,1000,", ",1000.5,1000,", f"registered is '1000.5'; expected a whole number. {LOOK}"),
        (",1000,1000,", ",+1000,1000,", f"registered is '+1000'; expected a whole number. {LOOK}"),
        (",1000,1000,", ',"=""1000""",1000,', f"registered is '=\"1000\"'; expected a whole number. {LOOK}"),
        (",1000,1000,", ",1e3,1000,", "registered is '1e3'; expected a whole number. A spreadsheet shortened it: "
         "format the column as a number without decimals, and check."),
        (",1000,1000,", ",०९,1000,", "registered is '०९'; expected a whole number in the digits 0 to 9. Write 09."),
        (
            "count,accepted",
            "count,counted",
            "status is 'counted'; expected one of accepted, held, annulled, withdrawn.",
        ),
        (
            "2031-05-18T21:10",
            "18.05.2031",
            "at is '18.05.2031'; expected a date such as 2024-02-07, 2024-02-07T19:00+04:00, 2024-01 or ../2024-02-06.",
        ),
        ("2031-05-18T21:10", "2031-05-18T25:10", "at is '2031-05-18T25:10'; expected a date that is in the calendar."),
    ],
)  # fmt: skip
def test_a_return_says_what_is_wrong_in_a_cell(broken, old, new, says):
    assert broken(PRESIDENT, old, new).faults == [f"{PRESIDENT}, line 2: {says}"]


@pytest.mark.parametrize(
    ("new", "says"),
    [
        ("invalid:illegible invalid:not-on-form", "invalid twice; expected each item once. Keep one of them."),
        (
            "votes.ada-lund:illegible",
            "'votes.ada-lund:illegible', but votes.ada-lund is 190; expected an empty votes.ada-lund. "
            "Keep one of the two.",
        ),
        (
            "envelopes:illegible",
            "'envelopes:illegible'; expected a figure's column in this file. "
            "Give the file a column of this name, or mend it.",
        ),
        (
            "source:illegible",
            "'source:illegible'; expected a figure's column in this file. "
            "Give the file a column of this name, or mend it.",
        ),
    ],
)
def test_an_unread_item_is_an_empty_figure_of_the_file(broken, new, says):
    assert broken(PRESIDENT, "invalid:illegible", new).faults[0] == f"{PRESIDENT}, line 10: unread is {says}"


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        (
            "areas.csv",
            "name.ar",
            "name.arabic",
            "line 1: name.arabic is unknown; expected a column of this table. "
            "Columns: id, parent, kind, name, source, supersedes.",
        ),
        (
            "people.csv",
            "Ada Lund",
            "Ada\x00Lund",
            "line 2: a zero byte, which no text has; expected UTF-8. It may be UTF-16, or damaged. "
            "Save the file as “CSV UTF-8”.",
        ),
        (
            "people.csv",
            "Ada Lund",
            "Ada\x07Lund",
            "line 2: name is 'Ada‹U+0007›Lund'; expected text without control characters, which nobody sees. "
            "Type it again.",
        ),
        (
            "people.csv",
            "Ada Lund",
            '"Ada "Lund"',
            "line 2: text behind a closing quotation mark; expected the end of the cell. A quotation mark inside a "
            "cell is written twice, and a cell that holds one stands in quotation marks.",
        ),
        (
            "people.csv",
            "dina-berg,Dina Berg",
            'dina-berg,"' + "x" * 1_000_000 + '"',
            "line 5: a cell of more than 131,072 letters; expected a shorter one. "
            "Look for a quotation mark before it that is never closed.",
        ),
        (
            "people.csv",
            "ada-lund,Ada Lund,آدا لوند,lists",
            "ada-lund" + ",x" * 199,
            "line 2: 200 cells; expected 4, as in the header. "
            "A text with the delimiter in it stands in quotation marks.",
        ),
        (
            "people.csv",
            "آدا لوند,lists",
            "آدا لوند,lists lists",
            "line 2: source is 'lists lists'; expected each id once. Take the second away.",
        ),
        (
            "people.csv",
            "آدا لوند,lists",
            "آدا لوند,lists  law",
            "line 2: source is 'lists  law'; expected an id: letters, digits, and . _ - inside; "
            "several are separated by one space. Take all other signs out of it.",
        ),
        (
            "stations.csv",
            "59.4370",
            '"59,4370"',
            "line 2: lat is '59,4370'; expected a decimal number with a point, such as 92.12. Write 59.4370.",
        ),
        (
            "calendar.csv",
            ",poll,",
            ",polls,",
            "line 4: event is 'polls'; expected a known word, or one unlike all of them. The nearest is poll.",
        ),
        (
            "organisations.csv",
            "commission,,law",
            "commission,Talvia,law",
            "line 2: country is 'Talvia'; expected a country's two capital letters, such as AZ.",
        ),
        (
            "names.csv",
            ",en,",
            ",English,",
            "line 2: language is 'English'; expected a language tag such as az or ru.",
        ),
        (
            "sources.csv",
            "2031-05-19,,,,",
            "2031-05-19,,abc,,",
            "line 6: sha256 is 'abc'; expected a SHA-256 in 64 lower-case hexadecimal digits.",
        ),
        (
            "candidates.csv",
            "president,registered",
            "mayor,registered",
            "line 2: contest is 'mayor'; expected an id of contests. Add it to election.toml, or mend it.",
        ),
        (
            "announcements.csv",
            "night-ada\n",
            "night-adda\n",
            "line 10: supersedes is 'night-adda'; expected an id of announcements. The nearest is night-ada.",
        ),
        (
            "polls.csv",
            "in person",
            '"in person',
            "line 2: a quotation mark that is never closed; expected a closing quotation mark. "
            "All that follows was taken for one cell: close it, or take it away.",
        ),
        ("names.csv", "of,name", "of,,name", None),
        ("areas.csv", "id,parent", "\nid,parent", None),
    ],
)
def test_a_table_says_what_is_wrong_and_where(broken, file, old, new, says):
    faults = broken(file, old, new).faults
    assert len(faults) >= 1 if says is None else faults == [f"{file}, {says}"]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("seats = 2", "seats = 0", "line 38: contests[1].seats is 0; expected a whole number of 1 or more."),
        (
            "seats = 2",
            'seats = "2"',
            "line 38: contests[1].seats is '2'; expected a whole number, without quotation marks.",
        ),
        (
            "seats = 2",
            "seat = 2",
            "line 38: contests[1].seat is unknown; expected one of the keys id, names, rule, seats, choices, "
            "shares_of, majority_of, threshold, threshold_of, turnout_of, rounding, share_digits, figures. "
            "The nearest is seats.",
        ),
        (
            "seats = 2",
            'seats = 2\nthreshold = "5 %"',
            "line 35: contests[1]; expected no threshold where the rule is plurality; dhondt, sainte-lague, "
            "modified-sainte-lague, hare, droop may have one.",
        ),
        (
            'rule = "plurality"\nseats = 2',
            'rule = "hare"\nseats = 2\nthreshold = "5,5 %"',
            "line 39: contests[1].threshold is '5,5 %'; expected a percentage above 0 and up to 100 such as \"5 %\" "
            'or "3.5"; without a threshold, no key.',
        ),
        (
            'rule = "plurality"\nseats = 2',
            'rule = "hare"\nseats = 2\nthreshold_of = "cast"',
            "line 35: contests[1]; expected a threshold where threshold_of says of what it is measured.",
        ),
        (
            "seats = 2",
            "seats = 2\nseats = 3",
            "line 39: a key or table that stands there already; expected each key once. Keep one of the two.",
        ),
        (
            "seats = 2",
            "seats = " + "9" * 5000,
            "line 38: a number of thousands of digits; expected a number. Look for a digit held down.",
        ),
        (
            "[form]",
            "[form]\nx." + ".".join("a" * 3000) + " = 1",
            "too many brackets inside each other; expected TOML. Look for brackets left open.",
        ),
        (
            "seats = 2",
            "seats = " + "[" * 5000,
            "too many brackets inside each other; expected TOML. Look for brackets left open.",
        ),
        ("seats = 2", "seats = two", None),
        (
            "synthetic = true",
            'synthetic = "yes"',
            "line 10: synthetic is 'yes'; expected true or false, without quotation marks.",
        ),
        (
            'id = "lantern", ',
            'id = "harvest", ',
            "line 35: contests[1]; expected each choice once; harvest stands twice.",
        ),
        (
            'called_by = "commission"',
            'called_by = "comission"',
            "line 12: called_by is 'comission'; expected an id of people, organisations. "
            "Add it to people.csv or organisations.csv, or mend it.",
        ),
        (
            'source = "law"',
            'source = "lw"',
            "line 112: facts[0].source is 'lw'; expected an id of sources. Add it to sources.csv, or mend it.",
        ),
        (
            'called = "2031-02-03"',
            'called = "3 February"',
            "line 13: called is '3 February'; expected a date such as 2024-02-07, 2024-02-07T19:00+04:00, 2024-01 "
            "or ../2024-02-06.",
        ),
        ('role = "spoiled"', 'role = "spoilt"', None),
        (
            'tolerance = "2"',
            'tolerance = "two"',
            "line 102: form.checks[2].tolerance is 'two'; "
            'expected a tolerance such as "2" (ballots) or "1 %" (of the right side).',
        ),
        (
            '"valid == sum(votes)"',
            '"valid = sum(votes)"',
            "line 93: form.checks[0].expression is 'valid = sum(votes)'; "
            "expected an item, a whole number, sum(votes), + - * ( ) or == <= >= at letter 6.",
        ),
        (
            '"valid == sum(votes)"',
            '"vaild == sum(votes)"',
            "line 93: form.checks[0].expression is 'vaild'; expected an item of the form. The nearest item is valid.",
        ),
        ('"valid == sum(votes)"', '"' + "(" * 99 + "valid" + ")" * 99 + ' == 1"', None),
        ('"valid == sum(votes)"', '"' + " + ".join(["valid"] * 20_000) + ' == 1"', None),
        ('"valid == sum(votes)"', '"valid == ' + "9" * 5000 + '"', None),
        (
            '\nid = "invalid"',
            '\nid = "valid"',
            None,
        ),
        ('[names]\nen = "General', '[title]\nen = "General', None),
        (
            'stations = "all"',
            'stations = "most"',
            "line 9: stations is 'most'; expected all or partial.",
        ),
        ("choices = [\n", "choices = [\n 3,\n", None),
        ('date = "2031-05-18"', "", "date is missing; expected a value. Write date = … ."),
        (
            'majority_of = "valid"',
            'majority_of = "voters"',
            "line 24: contests[0].majority_of is 'voters'; expected valid, cast or registered.",
        ),
    ],
)
def test_the_definition_says_what_is_wrong_and_where(broken, old, new, says):
    faults = broken("election.toml", old, new).faults
    assert (
        len(faults) >= 1 if says is None else faults == [f"election.toml{', ' if says[:4] == 'line' else ': '}{says}"]
    )
    assert all(len(fault) < 600 for fault in faults)


def test_a_date_may_stand_in_toml_without_quotation_marks(broken):
    assert broken("election.toml", 'date = "2031-05-18"', "date = 2031-05-18").faults == []


@pytest.mark.parametrize("empty", ["", "\n", "\ufeff", " \r\n\r\n"])
def test_a_file_without_a_header_is_a_fault(broken, empty):
    says = "names.csv, line 1: an empty file; expected the names of the columns. Write them in the first line."
    assert broken().write("names.csv", empty).faults == [says]


def test_a_file_of_only_a_header_is_a_table_without_rows(broken):
    record = broken().write("names.csv", "id,of,name,language,kind").write("returns/council.csv", "station,act\r\n")
    assert record.faults == []
    assert len(read_record(record.folder).tables["names"]) == 0


def test_rows_and_columns_without_any_text_are_passed_over(broken):
    record = broken().write("names.csv", "of,name,kind,,\nada-lund,Ada L.,variant,,\n,,,,\n\nben-okoro,Ben,slip,,\n")
    assert record.faults == []
    assert [row.line for row in read_record(record.folder).rows("names")] == [2, 5]


def test_text_under_no_name_is_a_fault(broken):
    record = broken().write("names.csv", "of,name,kind,\nada-lund,Ada L.,variant,\nada-lund,Ada,variant,note\n")
    assert record.faults == ["names.csv, line 3: column 4 is 'note'; expected a name in the header."]


def test_half_a_letter_is_a_fault(broken):
    assert broken().write("names.csv", b"of,name,kind\nada-lund,\xed\xa0\x80,slip\n").faults == [
        "names.csv, line 2: the byte 0xed, which is not UTF-8; expected UTF-8. "
        "Save the file as “CSV UTF-8”; as it is, letters would be lost."
    ]


def test_a_fault_behind_line_breaks_of_all_kinds_is_on_the_line_that_an_editor_shows(broken):
    record = broken().write("names.csv", 'of,name,kind\r\nada-lund,"A\nL",slip\rada-lund,B,slop\n')
    assert record.faults == [
        "names.csv, line 4: kind is 'slop'; expected one of official, variant, slip. The nearest is slip."
    ]


def test_a_folder_in_place_of_a_table_is_a_fault(broken):
    record = broken()
    (record.folder / "people.csv").unlink()
    (record.folder / "people.csv").mkdir()
    assert record.faults == ["people.csv: no plain file; expected a file that can be read. Put the file itself there."]


def test_a_pipe_in_place_of_a_table_is_a_fault_and_not_waited_for(broken):
    record = broken()
    (record.folder / "people.csv").unlink()
    os.mkfifo(record.folder / "people.csv")
    assert record.faults == ["people.csv: no plain file; expected a file that can be read. Put the file itself there."]


@pytest.mark.parametrize(
    ("to", "system"),
    [("nowhere.csv", "No such file or directory"), ("people.csv", "Too many levels of symbolic links")],
)
def test_a_link_that_leads_nowhere_is_a_fault(broken, to, system):
    record = broken()
    (record.folder / "people.csv").unlink()
    (record.folder / "people.csv").symlink_to(record.folder / to)
    assert record.faults == [
        f"people.csv: not to be opened: the system says “{system}”; expected something that can be read. "
        "Look whether it is there and whether you may read it."
    ]


def test_links_to_files_and_folders_are_followed(broken, tmp_path):
    record = broken()
    for name in ("people.csv", "returns"):
        (record.folder / name).rename(tmp_path / name)
        (record.folder / name).symlink_to(tmp_path / name)
    assert record.faults == []
    assert read_record(record.folder).returns("council") is not None


def test_a_link_to_the_record_itself_is_a_fault(broken):
    record = broken()
    (record.folder / "copies" / "back").symlink_to(record.folder)
    assert record.faults == ["copies/back: a link to a folder that holds it; expected a folder. Take the link away."]


@pytest.mark.parametrize("file", ["people.csv", "election.toml", "claims.jsonl"])
def test_a_file_that_may_not_be_read_is_a_fault(broken, monkeypatch, file):
    record = broken().write("claims.jsonl", '{"id": "a"}\n')
    read = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path.name == file:
            raise PermissionError(13, "Permission denied")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert record.faults[0] == (
        f"{file}: not to be opened: the system says “Permission denied”; expected something that can be read. "
        "Look whether it is there and whether you may read it."
    )


def test_a_folder_that_may_not_be_read_is_a_fault(broken, monkeypatch):
    record = broken()
    listed = Path.iterdir

    def refuse(path: Path):
        if path.name == "returns":
            raise PermissionError(13, "Permission denied")
        return listed(path)

    monkeypatch.setattr(Path, "iterdir", refuse)
    assert len(record.faults) == 1
    assert record.faults[0].startswith("returns: not to be opened: the system says “Permission denied”")


def test_a_spreadsheet_is_a_fault_where_its_table_was_not_saved(broken):
    record = broken().write("people.xlsx", b"PK")
    assert record.faults == []  # a working copy
    (record.folder / "returns" / "council.csv").rename(record.folder / "returns" / "council.ods")
    assert record.faults == [
        "returns/council.ods: a file ending in .ods; expected council.csv. Save it as “CSV UTF-8”."
    ]


def test_notes_pictures_and_hidden_files_are_no_tables(broken):
    record = broken().write("forms/a.csv", "x").write("log/b.csv", "x").write("notes.txt", "x").write(".git/c.csv", "x")
    assert record.faults == []


def test_returns_of_an_unknown_contest_and_copies_of_an_unknown_observer_are_faults(broken):
    record = broken().write("returns/counsil.csv", "station\n").write("copies/fare-count/council.csv", "station\n")
    assert record.faults == [
        "copies/fare-count/council.csv: in the folder 'fare-count'; expected a folder named for an organisation's id. "
        "Add it to organisations.csv, or rename the folder.",
        "returns/counsil.csv: returns for 'counsil'; expected a contest of election.toml. "
        "The nearest contest is council.",
    ]


def test_claims_are_one_object_a_line_each_with_an_id_of_its_own(broken):
    claims = ['{"id":"a"}', '{"id":"a"}', "[]", "x", '{"id":"b","x":NaN}', r'{"id":"c","x":"\ud800"}', "[" * 99_999]
    faults = broken().write("claims.jsonl", "\n".join([*claims, '{"id":"d","x":' + "9" * 5000 + "}"])).faults
    assert [fault.split(";")[0] for fault in faults] == [
        "claims.jsonl, line 2: id is 'a'",
        "claims.jsonl, line 3: id is missing",
        "claims.jsonl, line 4: no JSON, from letter 1 on",
        *(f"claims.jsonl, line {line}: no JSON" for line in (5, 6, 7, 8)),
    ]


def test_what_points_into_a_file_that_cannot_be_read_is_not_blamed_as_well(broken):
    assert len(broken().write("sources.csv", b"\xff").faults) == 1


def test_a_corrected_area_may_not_close_a_circle(broken):
    record = broken("areas.csv", "name.ar,source", "name.ar,source,supersedes")
    text = (record.folder / "areas.csv").read_text(encoding="utf-8")
    rows = [line if number == 0 else f"{line}," for number, line in enumerate(text.splitlines())]
    record.write("areas.csv", "\n".join([*rows, "talvia-2,north,nation,Talvia,,law,talvia"]))
    assert record.faults == [
        "areas.csv, line 3: parent is 'talvia'; expected an area above this one. "
        "Following the parents from here comes back here: mend one of them."
    ]


def test_ids_that_differ_only_in_case_are_two_ids(broken):
    record = broken("areas.csv", "harbours,,group", "North,,group").change("stations.csv", "harbours", "North")
    record.change("stations.csv", "harbours", "North")
    assert record.faults == []
    assert read_record(record.folder).named["North"]["name"] == "Harbours and ships"


def test_thousands_of_wrong_ids_are_said_in_seconds(broken):
    # Looking for the nearest known id of each would take an hour.
    stations = "".join(f"station-{n},talvia\n" for n in range(6000))
    returns = "".join(f"statoin-{n}\n" for n in range(6000))
    record = broken().write("stations.csv", "id,area\n" + stations).write(PRESIDENT, "station\n" + returns)
    (record.folder / "returns/council.csv").unlink()
    with pytest.raises(CannotReadRecord) as refused:
        read_record(record.folder)
    assert sum(fault.file == PRESIDENT for fault in refused.value.faults) == 6000
    assert "  … and 5980 more of this kind, to line 6001." in str(refused.value)


@pytest.mark.parametrize("name", ["nowhere", "azerbaijan-2025", "a\0b", "x" * 5000, ""])
def test_a_record_that_is_not_there_is_not_found(tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(NotFound):
        read_record(name)


def test_a_cell_without_end_is_found_whatever_limit_another_library_has_set(broken):
    before = csv.field_size_limit(10_000_000)
    try:
        (fault,) = broken("people.csv", "dina-berg,Dina Berg", 'dina-berg,"' + "x" * 1_000_000 + '"').faults
    finally:
        csv.field_size_limit(before)
    assert "a cell of more than 131,072 letters" in fault
