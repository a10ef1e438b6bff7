"""A stranger adds the election up: the published SQL over the published Parquet files, with DuckDB alone."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb

from tallyroom.publish.formats.tabulation import TABLES, tabulation
from tallyroom.record.folder import read_record
from tallyroom.tabulate.engine import query
from tallyroom.tabulate.results import results_text, tabulate

TWELVE = Path(__file__).parents[2] / "records" / "twelve-stations"


def test_the_sql_over_the_parquet_files_gives_the_votes_and_figures_of_the_results(tmp_path):
    record = read_record(TWELVE)
    connection = duckdb.connect()
    for name, _, pieces in tabulation(record):
        (tmp_path / f"{name}.parquet").write_bytes(b"".join(pieces()))
        connection.execute(f"CREATE VIEW {name} AS FROM '{tmp_path / name}.parquet'")
    results = json.loads(results_text(tabulate(record)))
    for contest in results["contests"]:
        for area in contest["areas"]:
            votes = connection.execute(
                f"SELECT choice, votes FROM ({query('votes')}) WHERE contest = ? AND area = ?",
                [contest["contest"], area["area"]],
            ).fetchall()
            assert dict(votes) == area["votes"]


def test_every_table_is_there_and_counts_are_whole_numbers(tmp_path):
    for name, _, pieces in tabulation(read_record(TWELVE)):
        (tmp_path / f"{name}.parquet").write_bytes(b"".join(pieces()))
        types = duckdb.sql(f"DESCRIBE FROM '{tmp_path / name}.parquet'").fetchall()
        assert {kind for _, kind, *_ in types} <= {"VARCHAR", "BIGINT", "BOOLEAN"}
    assert {path.stem for path in tmp_path.iterdir()} == set(TABLES)


def test_the_same_record_makes_the_same_bytes():
    one, other = ([b"".join(make()) for _, _, make in tabulation(read_record(TWELVE))] for _ in range(2))
    assert one == other
