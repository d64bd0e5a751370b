"""Every page fits its screen, can be used by everybody, and breaks no content policy."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from xiezhi.foundation.pages.gallery import samples
from xiezhi.foundation.pages.tests.browser.site import Site

pytestmark = pytest.mark.browser

AXE = Path(__file__).resolve().parents[6] / "node_modules" / "axe-core" / "axe.min.js"
FILES = ["index.html" if name == "home" else f"index-{name}.html" for name in samples.pages()]
PORTAL = [name for name in FILES if "queue" not in name and "review" not in name]
# The dark theme is a desk's, large letters are hardest on a phone; the rest is seen on both.
VIEWS = [
    (name, width)
    for name in FILES
    for width in (360, 1440)
    if not (width == 360 and "dark" in name) and not (width == 1440 and "large" in name)
]
SMALL_TARGETS = """() => [...document.querySelectorAll('a, button, input, select, summary')]
  .filter((part) => part.getClientRects().length && part.type !== 'hidden')
  .filter((part) => !part.closest('p, li, dd, label, h3, td, .xz-upload-name, .xz-skip'))
  .filter((part) => part.getBoundingClientRect().height < 44)
  .map((part) => part.outerHTML.slice(0, 80))"""


@pytest.mark.parametrize(("name", "width"), VIEWS)
def test_page_is_accessible_fits_and_keeps_the_policy(
    browser: Browser, site: Site, name: str, width: int
) -> None:
    if not AXE.exists():
        pytest.fail("axe-core is missing; run: npm ci --ignore-scripts")
    context = browser.new_context(locale="zh-CN", viewport={"width": width, "height": 900})
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(f"{site.address}/{name}", wait_until="load")
    wider = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    small = page.evaluate(SMALL_TARGETS) if name in PORTAL else []
    context.close()
    assert wider <= 0
    assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found] == []
    assert small == []
    assert said == []


def test_page_without_scripts_offers_nothing_that_needs_them(browser: Browser, site: Site) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.goto(f"{site.address}/index-review.html")
    needing = page.locator("[data-viewer-tools], .xz-only-script, [data-confirm-close]").all()
    shown = [part.is_visible() for part in needing]
    page.get_by_text("登记立案", exact=True).first.click()
    statement = page.get_by_label("已审查起诉条件和管辖。").is_visible()
    context.close()
    assert shown == [False, False, False]
    assert statement
