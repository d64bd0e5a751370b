"""The pages in a real browser: nothing serious for axe, nothing beyond the edge of a phone."""

from __future__ import annotations

import contextlib
import mimetypes
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import Browser, Route, sync_playwright

from xiezhi.service.calculators.tests.asking import WRONG_ID_NUMBER, Fields

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

CHROMIUM = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
AXE = Path(__file__).parents[5] / "node_modules/axe-core/axe.min.js"
BEYOND = """letters => {
  if (letters) document.documentElement.classList.add(letters);
  return document.documentElement.scrollWidth - innerWidth;
}"""
NARROW, WIDE = 360, 1440
SERIOUS = {"serious", "critical"}
PAGES: dict[str, Fields] = {
    "/law/": {},
    "/law/fee/": {"kind": "divorce", "amount": "500000", "province": "示"},
    "/law/period/": {"kind": "appeal-judgment", "start": "2026-02-06"},
    "/law/id/": {"number": WRONG_ID_NUMBER},
    "/law/sources/": {},
}


@contextlib.contextmanager
def _browser() -> Iterator[Browser]:
    """Run the system's Chromium; its loop must be gone before the database is asked again."""
    found = next((path for path in CHROMIUM if Path(path).exists()), None)
    if found is None:
        pytest.fail("no Chromium: make test installs it (as root), or install the package chromium")
    with sync_playwright() as driver:
        started = driver.chromium.launch(
            executable_path=found, args=["--no-sandbox", "--disable-gpu"]
        )
        yield started
        started.close()


@pytest.fixture
def rendered(client: Client) -> dict[str, bytes]:
    """Render every page before the browser starts."""
    return {
        path: (client.post(path, fields) if fields else client.get(path)).content
        for path, fields in PAGES.items()
    }


def test_pages_fit_and_can_be_read_by_all(rendered: dict[str, bytes]) -> None:
    found: list[tuple[str, int, str]] = []

    def serve(route: Route) -> None:
        path = urlsplit(route.request.url).path
        if path in rendered:
            route.fulfill(body=rendered[path], content_type="text/html; charset=utf-8")
            return
        file = finders.find(path.removeprefix("/static/"))
        kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
        route.fulfill(path=str(file), content_type=kind) if file else route.fulfill(status=404)

    with _browser() as browser:
        for width in (NARROW, WIDE):
            tab = browser.new_page(locale="zh-CN", viewport={"width": width, "height": 900})
            tab.route("**/*", serve)
            for path in PAGES:
                tab.goto(f"http://portal.test{path}")
                if width == NARROW:
                    found += [(path, width, rule) for rule in _axe(tab.evaluate)]
                for letters in ("", "xz-large"):
                    beyond = tab.evaluate(BEYOND, letters)
                    found += [(path, width, f"{beyond} px {letters}")] if beyond > 0 else []
    assert found == []


def _axe(evaluate: Any) -> list[str]:
    evaluate(AXE.read_text() + "; 0")
    violations = evaluate("axe.run()")["violations"]
    return [one["id"] for one in violations if one["impact"] in SERIOUS]
