"""One installation and one browser for the whole-system tests of this worker."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.system.stack import Stack

CHROMIUM = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
FILINGS = 10
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def stack() -> Iterator[Stack]:
    """Run an installation with a small demonstration city."""
    with Stack(filings=FILINGS) as made:
        made.start()
        yield made


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the system's Chromium without a head."""
    found = next((path for path in CHROMIUM if Path(path).exists()), None)
    if found is None:
        pytest.fail("no Chromium: make test installs it (as root), or install the package chromium")
    with sync_playwright() as driver:
        yield driver.chromium.launch(executable_path=found, args=FLAGS)
