"""Look at a page as people do: does it fit, can everybody use it, what does it look like."""

from __future__ import annotations

import os
from pathlib import Path

from playwright.sync_api import Page

from tests.system.stack import ROOT

AXE = ROOT / "node_modules/axe-core/axe.min.js"
SERIOUS = ("serious", "critical")


def look(page: Page, name: str) -> None:
    """Hold that the page fits its width and that axe finds nothing serious.

    With ``XIEZHI_PICTURES`` set, keep a picture of it in that folder.
    """
    page.wait_for_load_state("networkidle")
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0, f"{name}: {wide} px wider than the screen"
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    serious = [
        (each["id"], each["help"], [node["target"] for node in each["nodes"]][:3])
        for each in found
        if each["impact"] in SERIOUS
    ]
    assert serious == [], name
    if folder := os.environ.get("XIEZHI_PICTURES"):
        size = page.viewport_size or {"width": 0}
        path = Path(folder) / f"{name}-{size['width']}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=path, full_page=True)
