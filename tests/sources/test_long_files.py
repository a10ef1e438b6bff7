"""Files in which a row is one figure of a station, files that lack columns, and columns that are called empty."""

from __future__ import annotations

from pathlib import Path

import pytest

from tallyroom.sources.importing import Import, import_files
from tallyroom.sources.mapping_file import read_mapping
from tests.sources.conftest import said

_FILES = Path(__file__).parent / "files"


def _sound(result: Import) -> bool:
    """Whether every row of the files is accounted for."""
    return result.rows == result.kept + result.reported


@pytest.fixture
def long(tmp_path):
    """The import of Argentina's fixture, three tables of twelve lines, after replacements in its lines."""

    def run(edit) -> Import:
        lines = (_FILES / "argentina-2015.csv").read_text().splitlines()
        (tmp_path / "f.csv").write_text("\n".join(edit(lines)) + "\n")
        return import_files(read_mapping("argentina-2015"), [tmp_path / "f.csv"])

    return run


def _replaced(number, old, new):
    def edit(lines):
        assert old in lines[number - 1]
        return [*lines[: number - 1], lines[number - 1].replace(old, new), *lines[number:]]

    return edit


def test_twelve_lines_become_one_return(long):
    result = long(lambda lines: lines)
    first = result.record.rows("returns/president")[0]
    assert (result.rows, result.kept, result.returns) == (36, 36, 3)
    assert (first["station"], first["registered"], first["blank"]) == ("mesa-99-001-0001-9001", "350", "3")
    assert (first["votes.lista-0131"], first["votes.lista-0138"]) == ("40", "2")


def test_lines_of_different_tables_may_stand_in_any_order(long):
    plain = long(lambda lines: lines).record.tables["returns/president"].columns.sort_by("station")
    mixed = long(lambda lines: [lines[0], *reversed(lines[1:])]).record.tables["returns/president"].columns
    assert mixed.sort_by("station").equals(plain)


def test_a_figure_that_cannot_be_read_is_reported_at_its_own_line_with_the_rows_of_its_table(long):
    result = long(_replaced(8, "040", "O40"))
    assert "f.csv, line 8: 0131 is 'O40'; expected a whole number." in said(result)
    assert (result.rows, result.kept, result.reported, result.returns) == (36, 24, 12, 2)


def test_a_figure_that_a_table_has_twice_is_reported_at_the_second(long):
    result = long(_replaced(3, "9002", "9001"))
    assert "f.csv, line 3: CODIGO VOTOS is '9001', as on line 2 of the same station" in said(result)
    assert (result.reported, result.returns, _sound(result)) == (12, 2, True)


def test_a_figure_that_a_table_lacks_is_not_stated_and_never_zero(long):
    result = long(lambda lines: [*lines[:3], *lines[4:]])
    assert [row["blank"] for row in result.record.rows("returns/president")] == ["", "3", "3"]
    assert (result.rows, result.reported) == (35, 0)


def test_a_code_that_the_mapping_does_not_name_stops_the_import_at_its_first_line(long):
    with pytest.raises(Exception, match=r"f\.csv, line 5: the code '9999' is not named by the mapping"):
        long(_replaced(5, "9004", "9999"))


def test_a_code_that_no_table_has_stops_the_import(long):
    with pytest.raises(Exception, match=r"the code '9003' is missing"):
        long(lambda lines: [line for line in lines if ";9003;" not in line])


def test_a_long_file_without_its_column_of_codes_is_refused(long):
    with pytest.raises(Exception, match=r"the column 'CODIGO VOTOS' is missing; expected one column of these words"):
        long(lambda lines: [lines[0].replace("CODIGO VOTOS", "CODIGO"), *lines[1:]])


def test_a_line_with_a_cell_too_many_is_reported_and_its_table_keeps_the_others(long):
    result = long(_replaced(4, ";003", ";003;7"))
    assert "f.csv, line 4: 8 cells; expected 7" in said(result)
    assert (result.rows, result.kept, result.reported) == (36, 35, 1)


def test_a_station_made_of_a_column_outside_the_key_is_refused(tmp_path):
    text = Path("src/tallyroom/sources/mappings/argentina-2015.toml").read_text(encoding="utf-8")
    (tmp_path / "m.toml").write_text(text.replace(', "CODIGO MESA"]', "]"), encoding="utf-8")
    with pytest.raises(
        Exception, match=r"station\.id is made of 'CODIGO MESA'; expected one of the columns of long\.key"
    ):
        read_mapping(str(tmp_path / "m.toml"))


def test_a_column_called_empty_that_holds_something_stops_the_import(long):
    with pytest.raises(Exception, match=r"f\.csv, line 3: AMBITO is 'x'; expected nothing. The mapping calls it empty"):
        long(_replaced(3, "; ;", ";x;"))


def test_a_file_that_lacks_columns_is_filled_with_what_the_mapping_says_stands_there():
    files = [_FILES / "russia-2024.csv", _FILES / "russia-2024-electronic.csv"]
    result = import_files(read_mapping("russia-2024"), files)
    last = result.record.rows("stations")[-1]
    assert (last["id"], last["kind"]) == ("Северная-область-Дистанционное-электронное-голосование-ДЭГ", "electronic")
    assert (last["registered"], last["source"]) == ("1000", "russia-2024-electronic.csv")
    assert (result.rows, result.returns, result.without_figures, result.reported) == (4, 3, 1, 0)


def test_a_file_that_lacks_only_some_of_these_columns_is_refused(tmp_path):
    lines = (_FILES / "russia-2024.csv").read_text(encoding="utf-8").splitlines()
    (tmp_path / "f.csv").write_text("\n".join([lines[0].replace("tik,", "tik2,"), *lines[1:]]), encoding="utf-8")
    with pytest.raises(Exception, match=r"the column 'tik' is missing; expected a header of these words"):
        import_files(read_mapping("russia-2024"), [tmp_path / "f.csv"])


def test_constants_for_a_column_that_nothing_takes_are_refused(example):
    says = example.refusal(("[cells]", '[constants]\nCountry = "Freedonia"\n\n[cells]'))
    assert "constants 'Country' is not taken; expected a column that the mapping takes." in says


def test_a_choice_that_is_no_candidate_has_its_names_in_the_contest():
    record = import_files(read_mapping("russia-2004"), [_FILES / "russia-2004.csv"]).record
    assert record.name_of("against-all") == "Против всех"
    assert "against-all" not in {row["candidate"] for row in record.rows("candidates")}
    assert record.name_of("putin", "en") == "Vladimir Putin"
