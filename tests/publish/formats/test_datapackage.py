"""The data package, validated by frictionless."""

from __future__ import annotations

import hashlib
import importlib
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.publish.formats.making import HOSTILE, TWELVE, write_package

frictionless = importlib.import_module("frictionless")


def errors(package: Path) -> list[tuple[str, str]]:
    """Resource and kind of everything that is wrong."""
    report = frictionless.validate(str(package))
    found = [("", error.type) for error in report.errors]
    found += [(task.name, error.type) for task in report.tasks for error in task.errors]
    assert bool(found) is not report.valid
    return found


def rewrite(package: Path, table: str, before: str, after: str, *, described: bool) -> None:
    """Changes one text of a table. described: and its length and hash with it, so that only its content is wrong."""
    path = package.parent / "tables" / f"{table}.csv"
    text = path.read_bytes()
    assert before.encode() in text
    text = text.replace(before.encode(), after.encode(), 1)
    path.write_bytes(text)
    if described:
        descriptor = json.loads(package.read_text())
        resource = next(r for r in descriptor["resources"] if r["path"].endswith(f"/{table}.csv"))
        resource |= {"bytes": len(text), "hash": f"sha256:{hashlib.sha256(text).hexdigest()}"}
        package.write_text(json.dumps(descriptor))


@pytest.mark.parametrize("record", ["azerbaijan-2024", TWELVE, HOSTILE], ids=str)
def test_the_package_of_a_record_is_valid(record, tmp_path):
    assert errors(write_package(record, tmp_path)) == []


@pytest.mark.parametrize(
    ("table", "before", "after", "kind"),
    [
        ("returns/president", "1000,1000", "1000,many", "type-error"),
        ("returns/president", "1000,1000", "1000,-1", "constraint-error"),
        ("returns/president", '"count","accepted"', '"count","fine"', "constraint-error"),
        ("stations", '"north-1","north"', '"north-1","nowhere"', "foreign-key"),
        ("stations", '"north-1",', '"north-2",', "unique-error"),
        ("stations", '"north-1","north"', '"north-1",', "constraint-error"),
        ("areas", '"id"', '"name of it"', "incorrect-label"),
    ],
)
def test_a_table_that_breaks_its_schema_is_not_valid(tmp_path, table, before, after, kind):
    package = write_package(TWELVE, tmp_path)
    rewrite(package, table, before, after, described=True)
    assert (table, kind) in errors(package)


def test_a_file_that_was_changed_after_publication_is_not_valid(tmp_path):
    package = write_package(TWELVE, tmp_path)
    rewrite(package, "returns/president", "350,200,50", "350,201,49", described=False)
    assert errors(package) == [("returns/president", "hash-count")]


def test_a_file_that_is_not_there_is_not_valid(tmp_path):
    assert ("areas", "scheme-error") in errors(write_package(TWELVE, tmp_path, broken=["areas"]))


@pytest.fixture
def descriptor(tmp_path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(write_package(TWELVE, tmp_path).read_text())
    return found


def schema(descriptor: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(r["schema"] for r in descriptor["resources"] if r["name"] == name)
    return found


def test_the_schema_says_what_the_declaration_of_a_table_says(descriptor):
    stations = schema(descriptor, "stations")
    assert stations["primaryKey"] == ["id"]
    assert {"fields": ["area"], "reference": {"resource": "areas", "fields": ["id"]}} in stations["foreignKeys"]
    fields = {field["name"]: field for field in stations["fields"]}
    assert fields["registered"]["type"] == "integer"
    assert fields["lat"]["type"] == "number"
    assert fields["area"]["constraints"] == {"required": True}
    statuses = {f["name"]: f for f in schema(descriptor, "returns/president")["fields"]}["status"]
    assert statuses["constraints"]["enum"] == ["accepted", "held", "annulled", "withdrawn"]


def test_a_pointer_of_several_ids_is_said_and_no_foreign_key(descriptor):
    stations = schema(descriptor, "stations")
    assert not any(key["fields"] == ["groups"] for key in stations.get("foreignKeys", ()))
    groups = next(field for field in stations["fields"] if field["name"] == "groups")
    assert "ids, separated by spaces, of `areas`" in groups["description"]


def test_a_licence_is_named_only_where_the_record_states_one(descriptor, tmp_path):
    assert "licenses" not in descriptor
    record = tmp_path / "record"
    shutil.copytree(TWELVE, record)
    with (record / "election.toml").open("a") as file:
        file.write('\n[[facts]]\nname = "licence"\nvalue = "CC-BY-4.0"\n')
    stated = json.loads(write_package(record, tmp_path / "stated").read_text())
    assert stated["licenses"] == [{"name": "CC-BY-4.0"}]
