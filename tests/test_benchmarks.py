"""The benchmarks stay alive: each runs at a tenth of its size."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parent.parent / "benchmarks"


@pytest.mark.bench
def test_the_benchmark_of_tabulation_prints_its_ratios() -> None:
    done = subprocess.run(
        [sys.executable, str(BENCHMARKS / "tabulation.py"), "--stations", "105000"],
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    assert "tabulation / the same SQL by hand" in done.stdout
    assert "checks on returns / tabulation" in done.stdout


@pytest.mark.bench
def test_the_benchmark_of_patterns_agrees_with_a_simulation_and_prints_its_ratio() -> None:
    done = subprocess.run(
        [sys.executable, str(BENCHMARKS / "patterns.py"), "--stations", "9500", "--draws", "200"],
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    assert "simulation / exact" in done.stdout


@pytest.mark.bench
def test_the_benchmark_against_actasum_finds_one_verdict_and_prints_its_ratios() -> None:
    done = subprocess.run(
        [sys.executable, str(BENCHMARKS / "against_actasum.py"), "--stations", "10000", "--times", "1"],
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    assert "actasum / tallyroom, adding up and comparing" in done.stdout
    assert "the same verdict on every total" in done.stdout


@pytest.mark.bench
def test_the_benchmark_of_the_log_makes_hashlibs_root_and_prints_its_ratios() -> None:
    done = subprocess.run(
        [sys.executable, str(BENCHMARKS / "log.py"), "--entries", "100000"], capture_output=True, text=True, timeout=600
    )
    assert done.returncode == 0, done.stderr
    assert "appending and signing / hashlib" in done.stdout
    assert "verifying the folder / hashlib" in done.stdout
    assert "1,000 more entries touch 12 of 795 files" in done.stdout


@pytest.mark.bench
def test_the_benchmark_of_reading_prints_its_ratios() -> None:
    done = subprocess.run(
        [sys.executable, str(BENCHMARKS / "reading.py"), "--documents", "200"],
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    assert "documents a second, one core" in done.stdout
    assert "reading / spaCy, sentences only" in done.stdout
    assert "reuse among 1,000 documents" in done.stdout


@pytest.mark.bench
def test_the_benchmark_of_publishing_writes_only_what_is_new() -> None:
    done = subprocess.run(
        [sys.executable, str(BENCHMARKS / "publishing.py"), "--stations", "5000"],
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    assert "next publication / whole" in done.stdout
    assert "pages of areas written              11: c000, c001, c002, c003, c499, nation, r00, r01" in done.stdout
