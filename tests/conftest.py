"""What many tests need: the shared folder of real elections, and a browser."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# Slow machines are no fault of a law, nor is a law about a rare case. In CI every run looks at the same cases,
# so that a change is judged by what it changes; at home each run looks at new ones.
settings.register_profile(
    "tallyroom",
    deadline=None,
    derandomize=os.environ.get("CI") == "true",
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)
settings.load_profile("tallyroom")

_REPOSITORY = Path(__file__).resolve().parents[1]

# Without the last five Chromium looks for its maker's servers at every start.
_CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder `shared` beside the repository, or where TALLYROOM_SHARED says; skips without one."""
    folder = Path(os.environ.get("TALLYROOM_SHARED") or _REPOSITORY.parent / "shared")
    if not folder.is_dir():
        pytest.skip(f"{folder} is not here: it holds the real elections that this test reads")
    return folder


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium, headless; skips where there is none, unless TALLYROOM_REQUIRE_BROWSER=1."""
    chromium = shutil.which("chromium")
    if chromium is None:
        reason = "Chromium is not here; on Debian: apt-get install chromium"
        if os.environ.get("TALLYROOM_REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright  # takes a third of a second: only those who browse wait

    with sync_playwright() as playwright:
        chromium_browser = playwright.chromium.launch(executable_path=chromium, args=_CHROMIUM_ARGUMENTS)
        yield chromium_browser
        chromium_browser.close()
