"""Files that are not as the mapping says: refused or reported, with line and mend, never a silent loss."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from tallyroom.errors import CannotImport
from tallyroom.sources.importing import Import, import_files
from tallyroom.sources.mapping_file import read_mapping
from tests.sources.conftest import said


def _sound(result: Import) -> bool:
    """Whether every row of the file is accounted for."""
    return result.rows == result.returns + result.without_figures + result.reported


def test_a_column_that_the_mapping_does_not_name_stops_the_import(example):
    file = example.rows(lambda lines: [lines[0] + ";Observers", *(line + ";3" for line in lines[1:])])
    says = example.refusal(file=file)
    assert "freedonia.csv, line 1: the column 'Observers' (column 11) is not named by the mapping." in says
    assert "list it under [ignore] with the reason" in says


def test_a_misspelt_column_is_named_with_the_one_that_it_may_be(example):
    says = example.refusal(file=example.file.replace("Invalid", "Invalids"))
    assert "the column 'Invalids' (column 7) is not named by the mapping. The mapping names 'Invalid'" in says
    assert (
        "the column 'Invalid' is missing; expected a header of these words. The nearest in the file is 'Invalids'."
        in says
    )


def test_a_header_that_stands_twice_is_refused_where_it_is_wanted(example):
    says = example.refusal(
        file=example.file.replace("Remarks", "Invalid"),
    )
    assert "the column 'Invalid' is there 2 times, as columns 7 and 10; expected one column." in says


def test_a_header_that_stands_twice_is_no_matter_where_it_is_ignored(example):
    file = example.rows(lambda lines: [lines[0] + ";remarks", *(line + ";x" for line in lines[1:])])
    assert example.run(file=file).reported == 0


def test_columns_are_found_by_their_words_wherever_they_stand(example):
    turned = example.rows(lambda lines: [";".join(reversed(line.split(";"))) for line in lines])
    shouted = turned.replace("Ballots by post", '"BALLOTS  „BY POST“"').replace("Voters", "\u00a0voters ")
    plain, other = example.run(), example.run(file="\ufeff" + shouted)
    assert other.record.returns("president").columns.equals(plain.record.returns("president").columns)


def test_a_row_with_a_cell_too_many_is_reported_and_the_rest_is_kept(example):
    result = example.run(file=example.file.replace("School;", "School;A-K;"))
    assert "freedonia.csv, line 3: 11 cells; expected 10, as in the header." in said(result)
    assert (result.rows, result.returns, result.reported) == (3, 2, 1)


@pytest.mark.parametrize(
    "cell", ["2O", "-3", "12.5", "1e3", "12.0", "007", " 8", "n/a", "1,20", "99999999999999999999"]
)
def test_what_is_no_whole_number_is_reported_and_leaves_its_station_without_a_return(example, cell):
    result = example.run(file=example.file.replace("0;2;210", f"0;{cell};210"))
    assert f"freedonia.csv, line 3: Invalid is '{cell}'" in said(result)
    assert (result.returns, result.reported, _sound(result)) == (2, 1, True)
    assert [row["id"] for row in result.record.rows("stations")] == ["station-01-1", "station-01-2", "station-02-1"]


@pytest.mark.parametrize(
    ("convention", "cell", "means"),
    [
        ("whole_decimals = true", "1,234.0", "1234"),
        ("whole_decimals = true", "12.00", "12"),
        ("leading_zeros = true", "0007", "7"),
        ("padded = true", " 8 ", "8"),
        ('not_stated = ["NA"]', "NA", ""),
    ],
)
def test_numbers_are_read_as_the_mapping_says_that_they_are_written(example, convention, cell, means):
    result = example.run(("[cells]", f"[cells]\n{convention}"), file=example.file.replace("0;2;210", f"0;{cell};210"))
    assert result.record.rows("returns/president")[1]["invalid"] == means


def test_points_between_thousands_and_a_comma_before_decimals_are_read_where_declared(example):
    change = ('thousands = ","', 'thousands = "."\nwhole_decimals = true')
    file = example.file.replace("1,200", "1.200,0").replace("1,034", "1.034")
    assert [row["registered"] for row in example.run(change, file=file).record.rows("stations")] == [
        "1200",
        "850",
        "1034",
    ]


def test_figures_that_are_not_on_the_form_are_marked_so_and_empty(example):
    last = example.run().record.rows("returns/president")[2]
    assert (last["registered"], last["issued"], last["votes.alm"]) == ("1034", "", "")
    assert last["unread"] == "issued:not-on-form invalid:not-on-form votes.alm:not-on-form votes.berg:not-on-form"


def test_a_sum_of_columns_is_not_stated_where_one_of_them_is_not(example):
    result = example.run(file=example.file.replace(";412;0;", ";412;;"))
    assert [row["issued"] for row in result.record.rows("returns/president")] == ["651", "", ""]


def test_a_sum_beyond_64_bits_is_reported(example):
    result = example.run(file=example.file.replace(";412;0;", ";9223372036854775807;1;"))
    assert "Ballots at the station + Ballots by post is together 9223372036854775808" in said(result)


def test_a_row_without_any_figure_is_a_station_without_an_act(example):
    result = example.run(file=example.file.replace("1,034;-;-;-;-;-", ";;;;;"))
    assert (result.returns, result.without_figures, result.reported) == (2, 1, 0)
    assert len(result.record.rows("stations")) == 3


def test_two_rows_of_one_station_are_both_reported_and_neither_is_taken(example):
    result = example.run(file=example.file.replace("North;2;", "North;1;"))
    assert "freedonia.csv, line 2: station station-01-1 is also that of line 3; expected each station once." in said(
        result
    )
    assert "freedonia.csv, line 3: station station-01-1 is also that of line 2" in said(result)
    assert [row["id"] for row in result.record.rows("stations")] == ["station-02-1"]
    assert (result.returns, result.reported, _sound(result)) == (1, 2, True)


def test_two_keys_that_become_one_id_are_both_reported(example):
    result = example.run(file=example.file.replace("North;1;", "North;1/2;").replace("North;2;", "North;1 2;"))
    assert "station station-01-1-2 is also that of line 3" in said(result)


def test_a_row_without_its_stations_number_is_reported_with_what_the_mapping_could_say(example):
    result = example.run(file=example.file.replace("North;2;", "North;;"))
    assert "freedonia.csv, line 3: Station no. is empty" in said(result)
    assert "{Station no.|none}" in said(result)


def test_a_row_without_its_stations_number_is_taken_where_the_mapping_says_so(example):
    change = ('"station-{Region.code}-{Station no.}"', '"station-{Region.code}-{Station no.|electronic}"')
    result = example.run(change, file=example.file.replace("North;2;", "North;;"))
    assert result.record.rows("stations")[1]["id"] == "station-01-electronic"


def test_a_cell_whose_parts_cannot_be_told_is_reported(example):
    result = example.run(file=example.file.replace("01 North;2;", "North;2;"))
    assert "freedonia.csv, line 3: Region is 'North'; expected a text that fits" in said(result)
    assert result.reported == 1


def test_an_area_with_two_names_is_reported_at_the_rows_that_differ_from_most(example):
    rows = example.rows(lambda lines: [*lines, "01 Nord;3;Inn;1;1;0;0;1;0;"])
    result = example.run(file=rows)
    assert (
        "line 5: area region-01 is called 'Nord' in 'freedonia'; expected 'North' in 'freedonia', as in most rows"
        in said(result)
    )
    assert result.reported == 1


def test_a_kind_of_station_that_the_mapping_does_not_name_is_reported(example):
    change = (
        '[[areas]]\nkind = "nation"',
        'kind = { column = "Place", words = { "School" = "permanent" } }\n[[areas]]\nkind = "nation"',
    )
    result = example.run(change)
    assert "freedonia.csv, line 2: Place is 'Town hall'; expected a word that station.kind names." in said(result)
    assert [row["kind"] for row in result.record.rows("stations")] == ["permanent"]


def test_a_file_that_is_not_there_is_refused(example):
    with pytest.raises(CannotImport, match=r"nowhere\.csv: No such file or directory; expected a file"):
        import_files(read_mapping("georgia-2013"), [Path("nowhere.csv")])


def test_a_file_that_is_called_zip_and_is_none_is_refused(example):
    says = example.refusal(name="freedonia.csv.zip")
    assert "freedonia.csv.zip: no zip file in spite of its name; expected a zip archive. Download it again" in says


def test_a_zip_archive_that_was_cut_short_is_refused(example):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("freedonia.csv", example.file)
    assert "expected a whole archive. Download it again." in example.refusal(file=packed.getvalue()[:-30], name="f.zip")


def test_an_archive_of_two_files_is_refused_by_their_names(example):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("one.csv", example.file)
        archive.writestr("two.csv", example.file)
    says = example.refusal(file=packed.getvalue(), name="f.zip")
    assert "an archive of 2 files: one.csv, two.csv; expected an archive of one file. Unpack it" in says


def test_a_wrong_encoding_is_refused_with_its_line_and_byte(example):
    says = example.refusal(file=example.file.replace("School", "École").encode("latin-1"))
    assert "freedonia.csv, line 3: the byte 0xc9, which is not utf-8; expected utf-8. Find out its encoding" in says


def test_a_second_encoding_is_tried_where_the_first_does_not_fit(example):
    change = ("[cells]", '[file]\nencodings = ["utf-8", "latin-1"]\n\n[cells]')
    result = example.run(change, file=example.file.replace("School", "École").encode("latin-1"))
    assert result.record.rows("stations")[1]["name"] == "École"


def test_a_quotation_mark_that_is_never_closed_is_refused_with_its_line(example):
    assert "freedonia.csv, line 3: a quotation mark that is never closed" in example.refusal(
        file=example.file.replace("School", '"School')
    )


@pytest.mark.parametrize("file", ["", "\n", "\0", "x", "\ufeff", ";;;;;;;;;\n"])
def test_a_file_with_nothing_in_it_is_refused(example, file):
    assert "cannot be imported" in example.refusal(file=file)


def test_a_file_with_its_header_alone_is_refused(example):
    assert "no row; expected rows below the header" in example.refusal(file=example.rows(lambda lines: lines[:1]))


def test_a_file_in_which_no_row_can_be_read_is_refused_with_the_reasons(example):
    says = example.refusal(file=example.file.replace("01 ", "").replace("02 ", ""))
    assert "freedonia.csv, line 2: Region is 'North'" in says


def test_one_file_given_twice_is_refused(example):
    example.run()
    file = example.folder / "freedonia.csv"
    with pytest.raises(CannotImport, match=r"the same as .*freedonia\.csv; expected each file once"):
        import_files(read_mapping(str(example.folder / "freedonia.toml")), [file, file])


def test_each_row_of_several_files_names_the_file_that_it_came_from(example):
    example.run(file=example.rows(lambda lines: lines[:2]), name="north.csv")
    example.run(file=example.rows(lambda lines: [lines[0], *lines[2:]]), name="rest.csv")
    files = [example.folder / "north.csv", example.folder / "rest.csv"]
    result = import_files(read_mapping(str(example.folder / "freedonia.toml")), files)
    assert [row["source"] for row in result.record.rows("returns/president")] == ["north.csv", "rest.csv", "rest.csv"]
    assert [row["id"] for row in result.record.rows("sources")] == ["north.csv", "rest.csv"]
    assert result.record.rows("areas")[0]["source"] == "north.csv rest.csv"
