"""What spreadsheets write instead of plain CSV: accepted, with equal content."""

from __future__ import annotations

import csv
import io

import pyarrow as pa
import pytest

from tallyroom.errors import CannotWrite
from tallyroom.record.entries import canonical_row, made_act_ids, made_id
from tallyroom.record.folder import read_record, write_record


def content(record):
    """Every cell and id of a record, and the claims: what two equal records share."""
    tables = {
        name: (table.columns.column_names, [(row.id, dict(row)) for row in table.rows])
        for name, table in record.tables.items()
    }
    return record.election, tables, record.claims


def with_delimiter(text: str, delimiter: str) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(csv.reader(io.StringIO(text, newline="")))
    return out.getvalue()


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_what_spreadsheets_write_holds_the_same(broken, mark, end, delimiter):
    record = broken()
    as_it_was = content(read_record(record.folder))
    for file in record.folder.rglob("*.csv"):
        text = with_delimiter(file.read_text(encoding="utf-8"), delimiter)
        file.write_bytes((mark + text.replace("\n", end)).encode())
    assert content(read_record(record.folder)) == as_it_was


def test_quotation_marks_around_every_cell_change_nothing(broken):
    record = broken()
    as_it_was = content(read_record(record.folder))
    for file in record.folder.rglob("*.csv"):
        out = io.StringIO(newline="")
        rows = csv.reader(io.StringIO(file.read_text(encoding="utf-8"), newline=""))
        csv.writer(out, quoting=csv.QUOTE_ALL).writerows(rows)
        file.write_bytes(out.getvalue().encode())
    assert content(read_record(record.folder)) == as_it_was


def test_a_last_line_without_an_end_is_a_row(broken):
    record = broken().write("names.csv", "of,name,kind\nada-lund,Ada,variant")
    assert [row["name"] for row in read_record(record.folder).rows("names")] == ["Ada"]


def test_a_header_decides_the_delimiter_whatever_the_cells_hold(broken):
    record = broken().write("names.csv", "of;name;kind\nada-lund;a,b,c\td;variant\n")
    assert [row["name"] for row in read_record(record.folder).rows("names")] == ["a,b,c\td"]


def test_line_breaks_inside_a_cell_are_kept_as_they_are(broken):
    record = broken().write("names.csv", 'of,name,kind\nada-lund,"a\nb\r\nc\rd\u2028e",variant\n')
    assert [row["name"] for row in read_record(record.folder).rows("names")] == ["a\nb\r\nc\rd\u2028e"]


def test_spaces_in_a_text_are_kept(broken):
    record = broken().write("names.csv", "of,name,kind\nada-lund,  Ada ,variant\n")
    assert [row["name"] for row in read_record(record.folder).rows("names")] == ["  Ada "]


def test_columns_stand_in_any_order(broken):
    record = broken()
    as_it_was = sorted(map(tuple, (sorted(row.items()) for row in read_record(record.folder).rows("returns/council"))))
    path = record.folder / "returns/council.csv"
    rows = [line.split(",")[::-1] for line in path.read_text(encoding="utf-8").splitlines()]
    record.write("returns/council.csv", "".join(",".join(row) + "\n" for row in rows))
    again = sorted(map(tuple, (sorted(row.items()) for row in read_record(record.folder).rows("returns/council"))))
    assert again == as_it_was


def test_the_largest_count_is_kept_exactly(broken):
    record = broken("stations.csv", ",650,", f",{2**63 - 1},").change("stations.csv", ",550,", f",{2**53 + 1},")
    registered = [row["registered"] for row in read_record(record.folder).rows("stations")]
    assert registered[8:10] == ["9223372036854775807", "9007199254740993"]


def test_empty_is_not_zero(broken):
    record = read_record(broken("returns/president.csv", ",5,315,165", ",0,315,165").folder)
    invalid = [row["invalid"] for row in record.rows("returns/president")]
    assert invalid[2] == "0"
    assert invalid[8] == ""


def test_a_corrected_row_stays_and_the_later_one_is_in_force_under_the_first_id(broken):
    record = read_record(broken().folder)
    assert len(record.rows("announcements")) == len(record.current("announcements")) + 1
    (in_force,) = [row for row in record.current("announcements") if row["choice"] == "ada-lund" and row["contest"]][:1]
    assert (in_force.id, in_force["value"]) == ("night-ada", "1675")


def test_a_record_is_written_only_where_nothing_stands(broken, tmp_path):
    record = read_record(broken().folder)
    (tmp_path / "file").write_text("x")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "note").write_text("x")
    for place in (tmp_path / "file", tmp_path / "full", tmp_path / "file" / "below", record.folder):
        with pytest.raises(CannotWrite):
            write_record(record, place)
    write_record(record, tmp_path / "a" / "b")
    assert content(read_record(tmp_path / "a" / "b")) == content(record)


def test_equal_content_makes_an_equal_id_wherever_it_stands():
    cells = {"of": "ada-lund", "name": "Ada", "kind": "variant"}
    assert made_id("names", cells) == made_id("names", dict(reversed(cells.items())))
    assert made_id("names", cells) == made_id("names", {**cells, "language": ""})
    assert made_id("names", cells) != made_id("names", {**cells, "name": "Ada "})
    assert made_id("names", cells) != made_id("statements", cells)
    made = made_act_ids("returns/president", pa.array(["north-1"]), pa.array([2]))
    assert made.to_pylist() == ["returns.president.north-1.2"]


def test_a_row_is_the_same_bytes_that_other_programs_make_of_it():
    # RFC 8785: keys in order, no spaces, as few escapes as can be. 2^53 - 1 is the last whole number that it carries.
    assert canonical_row("stations", {"registered": 650, "id": "ö\n", "name": ""}) == (
        '{"row":{"id":"ö\\n","registered":650},"table":"stations"}'.encode()
    )
    assert canonical_row("t", {"a": 2**53 - 1, "b": 2**53}) == (
        b'{"row":{"a":9007199254740991,"b":"9007199254740992"},"table":"t"}'
    )
