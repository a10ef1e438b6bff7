"""The benchmarks stay alive: each runs at a size that takes seconds."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parent.parent / "benchmarks"


def printed(script: str, *arguments: str) -> str:
    """What a benchmark prints, when it ends well."""
    command = [sys.executable, str(BENCHMARKS / script), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.bench
def test_the_benchmark_of_tabulation_prints_its_ratios() -> None:
    said = printed("tabulation.py", "--stations", "20000")
    assert "tabulation / the same SQL by hand" in said
    assert "checks on returns / tabulation" in said


@pytest.mark.bench
def test_the_benchmark_of_patterns_agrees_with_a_simulation_and_prints_its_ratio() -> None:
    said = printed("patterns.py", "--stations", "9500", "--draws", "200")
    assert "simulation / exact" in said


@pytest.mark.bench
def test_the_benchmark_against_actasum_finds_one_verdict_and_prints_its_ratios() -> None:
    said = printed("against_actasum.py", "--stations", "2000", "--times", "1")
    assert "actasum / tallyroom, adding up and comparing" in said
    assert "the same verdict on every total" in said


@pytest.mark.bench
def test_the_benchmark_of_the_log_makes_hashlibs_root_and_prints_its_ratios() -> None:
    said = printed("log.py", "--entries", "100000", "--rows", "10000")
    assert "appending and signing / hashlib" in said
    assert "verifying the folder / hashlib" in said
    assert "1,000 more entries touch 12 of 795 files" in said
    assert "logging 1 more / logging all at first" in said


@pytest.mark.bench
def test_the_benchmark_of_reading_prints_its_ratios() -> None:
    said = printed("reading.py", "--documents", "100")
    assert "documents a second, one core" in said
    assert "reading / spaCy, sentences only" in said
    assert "reuse among 500 documents" in said


@pytest.mark.bench
def test_the_benchmark_of_publishing_writes_only_what_is_new() -> None:
    said = printed("publishing.py", "--stations", "5000", "--constituencies", "100")
    assert "next publication / whole" in said
    assert "pages of areas written              3: c099, nation, r19" in said
