"""One browser for the tests of the pages, and the gallery served to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from xiezhi.foundation.pages.gallery import samples
from xiezhi.foundation.pages.gallery.writing import gallery_environment, page, write
from xiezhi.foundation.pages.shell import Display
from xiezhi.foundation.pages.tests.browser.site import Site, serving
from xiezhi.foundation.pages.tests.conftest import gallery_settings

CHROMIUM = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Start the system's Chromium without a head."""
    found = next((path for path in CHROMIUM if Path(path).exists()), None)
    if found is None:
        pytest.fail("no Chromium: make test installs it (as root), or install the package chromium")
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=found, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="module")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the gallery, and one page more that listens to the stream."""
    folder = tmp_path_factory.mktemp("gallery")
    with gallery_settings():
        write(folder / "index.html")
        live = replace(samples.portal(), live_url="/live/")
        text = page(
            gallery_environment(), "status", shell=live, display=Display(), facts=samples.facts()
        )
    (folder / "live.html").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def site(gallery: Path) -> Iterator[Site]:
    """Serve the gallery to one test."""
    with serving(gallery) as served:
        yield served


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Give a browser of its own to each test, in Chinese."""
    made = browser.new_context(locale="zh-CN", viewport={"width": 1440, "height": 900})
    yield made
    made.close()


@pytest.fixture
def tab(context: BrowserContext) -> Page:
    """Give one tab."""
    return context.new_page()
