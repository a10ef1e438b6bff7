"""Files of a published site changed by somebody without a key, or with it. Each is found, and its file named."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tallyroom.record.entries import parse_entry
from tests.verify.conftest import RECOUNT, TWELVE, Published
from tests.verify.forging import (
    COUNCIL,
    entries_of,
    list_file,
    only,
    write_log,
)


def test_a_site_that_nobody_touched_is_good(published: Published) -> None:
    verdict = published.verify()
    assert verdict.wrong == []
    assert [said[:40] for said in verdict.not_proved] == ["That pages, charts and files for other p"]
    assert len(verdict.proved) == 6


def test_a_bit_flipped_in_each_file_is_found_and_the_file_named(published: Published) -> None:
    files = sorted(p.relative_to(published.site).as_posix() for p in published.site.rglob("*") if p.is_file())
    listed = [name for name in files if not name.startswith("log/") and name != "manifest"]
    groups = [listed[at : at + 15] for at in range(0, len(listed), 15)]
    groups += [[name] for name in files if name not in listed]
    for group in groups:
        before = {name: (published.site / name).read_bytes() for name in group}
        for name, data in before.items():
            middle = len(data) // 2
            (published.site / name).write_bytes(data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :])
        found = published.verify().wrong
        for name in group:
            beside = name.replace("log/tile/0/", "log/tile/entries/")
            assert any(wrong.file in (name, beside) for wrong in found) or (name == "manifest" and found), name
        for name, data in before.items():
            (published.site / name).write_bytes(data)
    assert published.verify().good


def test_each_file_taken_away_is_named(published: Published) -> None:
    files = sorted(p.relative_to(published.site).as_posix() for p in published.site.rglob("*") if p.is_file())
    in_log = [name for name in files if name.startswith("log/")]
    for name in [*in_log, "manifest", *[name for name in files if name not in in_log][::25]]:
        data = (published.site / name).read_bytes()
        (published.site / name).unlink()
        assert any(wrong.file == name for wrong in published.verify().wrong), name
        (published.site / name).write_bytes(data)


@pytest.mark.parametrize(
    "name",
    [
        "more.html",
        "data/notes.csv",
        ".hidden",
        "log/more",
        "log/.checkpoint.new",
        "log/tile/0/001",
        "log/tile/0/000.p/097",
    ],
)
def test_a_file_added_anywhere_is_named(published: Published, name: str) -> None:
    (published.site / name).write_bytes(b"x")
    only(published.wrong(), name)


def test_a_figure_on_a_page(published: Published) -> None:
    published.change("index.html", "1,671", "1,761")
    only(published.wrong(), "index.html: not the file that the manifest lists")


def test_a_figure_on_a_page_and_the_manifest_that_lists_it(published: Published) -> None:
    published.change("index.html", "1,671", "1,761")
    published.list_again()
    assert published.wrong() == ["manifest: not the one that publication 2 in the log is of."]


def test_a_row_in_a_table_and_the_manifest_that_lists_it(published: Published) -> None:
    published.change(COUNCIL, "north-1,1,,,10,590,250,180", "north-1,1,,,10,590,240,190")
    published.list_again()
    only(
        published.wrong(),
        "manifest: not the one",
        f"{COUNCIL}, line 2: the row returns.council.north-1.1 is not as it was logged",
        "results.json, line",
    )


def test_a_row_taken_out_of_a_table(published: Published) -> None:
    published.change(COUNCIL, "north-2,1,,,9,480,200,150,90,40,forms\n", "")
    published.list_again()
    only(published.wrong(), "manifest", "returns/council/")
    assert any("returns.council.north-2.1" in wrong and "is missing" in wrong for wrong in published.wrong())


def test_a_row_put_into_a_table(published: Published) -> None:
    path = published.site / "returns/president/south.csv"
    path.write_text(path.read_text() + f"south-4,3,{RECOUNT}\n")
    published.list_again()
    only(published.wrong(), "manifest")
    assert any(
        "south.csv, line 7: the row returns.president.south-4.3 is not in the log" in w for w in published.wrong()
    )


def test_a_table_of_one_area_with_other_columns(published: Published) -> None:
    published.change("returns/council/south.csv", "votes.harvest,votes.lantern", "votes.lantern,votes.harvest")
    published.list_again()
    assert any("its first line is not that" in wrong for wrong in published.wrong())


def test_an_announced_figure(published: Published) -> None:
    published.change("data/announcements.csv", '"7,000",7000', '"7,000",7100')
    published.list_again()
    only(published.wrong(), "manifest", "data/announcements.csv, line 2: the row reg-all is not as it was logged")


def test_the_rules_of_the_election(published: Published) -> None:
    published.change("data/election.toml", 'rule = "absolute-majority"', 'rule = "plurality"')
    published.list_again()
    only(published.wrong(), "manifest", "data/election.toml: not the one that publication 2", "results.json, line")


def test_the_results_alone(published: Published) -> None:
    published.change("results.json", "1671", "1761")
    published.list_again()
    only(published.wrong(), "manifest", "results.json: not the one that publication 2", "results.json, line")


def test_results_that_the_rows_do_not_make_though_all_of_it_was_logged(published: Published) -> None:
    """Whoever holds the key says in the log that these are the results: adding up the rows shows otherwise."""
    published.change("results.json", "1671", "1761")
    published.list_again()
    published.log()
    (wrong,) = published.wrong()
    assert wrong.startswith("results.json, line")
    assert "the rows make" in wrong


def test_a_publication_that_the_log_does_not_know(published: Published) -> None:
    entries = entries_of(published)[:-1]
    entries = [entry for entry in entries if parse_entry(entry).kind != "publication"]
    write_log(published, entries)
    only(published.wrong(), "log/checkpoint: no entry of the log says that this was published")


def test_a_link_out_of_the_folder(published: Published, tmp_path: Path) -> None:
    shutil.move(published.site / "index.html", tmp_path / "index.html")
    (published.site / "index.html").symlink_to(tmp_path / "index.html")
    only(published.wrong(), "index.html: missing, or not a plain file")


def test_a_folder_that_is_a_link(published: Published, tmp_path: Path) -> None:
    shutil.move(published.site / "data", tmp_path / "data")
    (published.site / "data").symlink_to(tmp_path / "data")
    only(published.wrong(), "data/")
    assert any(one.startswith(("data: not in the manifest", "data/")) for one in published.wrong())


def test_a_link_in_the_log(published: Published, tmp_path: Path) -> None:
    shutil.move(published.site / "log/tile", tmp_path / "tile")
    (published.site / "log/tile").symlink_to(tmp_path / "tile")
    only(published.wrong(), "log/tile")


@pytest.mark.parametrize(
    "line",
    [
        "../outside",
        "/etc/passwd",
        "data/../../outside",
        "./index.html",
        "data//x",
        "C:/x",
        "data\\x",
        "x\ty",
        "",
        "x" * 2000,
    ],
)
def test_a_manifest_that_names_what_is_not_inside(published: Published, line: str) -> None:
    manifest = published.site / "manifest"
    manifest.write_text(manifest.read_text() + f"{'0' * 64}  {line}\n")
    only(published.wrong(), "manifest: line")


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text[:-1],
        lambda text: text.upper(),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text + text.splitlines()[-1] + "\n",
        lambda text: "\n".join(reversed(text.splitlines())) + "\n",
        lambda text: text.replace("  ", " *"),
        lambda text: "\ufeff" + text,
        lambda text: "",
    ],
)
def test_a_manifest_that_is_none(published: Published, change: Callable[[str], str]) -> None:
    manifest = published.site / "manifest"
    manifest.write_bytes(change(manifest.read_text()).encode())
    only(published.wrong(), "manifest: ")


@pytest.mark.parametrize("name", ["data/areas.csv", "data/election.toml", COUNCIL, "results.json", "data/forms/x.salt"])
def test_a_file_of_noise_does_not_stop_the_verifier(published: Published, name: str) -> None:
    (published.site / name).parent.mkdir(exist_ok=True)
    (published.site / name).write_bytes(os.urandom(3000))
    published.list_again()
    assert published.wrong()
    (published.site / name).write_bytes(b"")
    published.list_again()
    assert published.wrong()


@pytest.mark.parametrize("path", ["results.json", "data/sql/votes.sql"])
def test_what_a_publication_was_made_of_is_left_out_or_changed(published: Published, path: str) -> None:
    """The key's holder publishes a manifest without results, or with other queries, than the log's entry is of."""
    file = published.site / path
    if path == "results.json":
        file.unlink()
    else:
        file.write_text("SELECT 1")
    published.list_again()
    last = published.site / "manifest"
    entries = entries_of(published)
    said = parse_entry(entries[-1]).text("manifest").encode()
    manifest = hashlib.sha256(last.read_bytes()).hexdigest().encode()
    write_log(published, [*entries[:-1], entries[-1].replace(said, manifest)])
    begins = "results.json: missing" if path == "results.json" else "data/sql/: not the ones that publication 2"
    only(published.wrong(), begins)


def test_a_whole_table_beside_the_rows_by_area(published: Published) -> None:
    """Only a release has whole tables; one put there all the same is what people would take and add up."""
    table = (TWELVE / "returns/council.csv").read_text().replace("590,250,180", "590,240,190")
    list_file(published, "data/returns/council.csv", table.encode())
    published.log()
    assert any("data/returns/council.csv" in one or "data/stations.csv" in one for one in published.wrong())
