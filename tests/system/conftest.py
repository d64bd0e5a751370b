"""One installation and one browser for the whole-system tests of this worker."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.system.stack import Stack

CHROMIUM = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
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


def new_home() -> Path:
    """Make a home that the sites' own users can reach."""
    home = Path(tempfile.mkdtemp(prefix="xz-", dir="/var/tmp"))
    home.chmod(0o755)
    return home


@pytest.fixture(scope="session")
def stack() -> Iterator[Stack]:
    """Run an installation with a small demonstration city."""
    made = Stack(new_home(), demo=True)
    try:
        made.start()
        yield made
    finally:
        made.stop()
        shutil.rmtree(made.home, ignore_errors=True)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the system's Chromium without a head."""
    found = next((path for path in CHROMIUM if Path(path).exists()), None)
    if found is None:
        pytest.fail("no Chromium: make test installs it (as root), or install the package chromium")
    with sync_playwright() as driver:
        yield driver.chromium.launch(executable_path=found, args=FLAGS)
