"""The front-end files are copied once, whole, and nothing else stays."""

from __future__ import annotations

import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(__file__).resolve().parents[5] / "scripts" / "vendor_front_end.py"


@pytest.fixture
def script() -> dict[str, Any]:
    if not SCRIPT.exists():
        pytest.skip("installed without the scripts")
    return runpy.run_path(str(SCRIPT), run_name="vendor_front_end")


@pytest.fixture
def modules(tmp_path: Path, script: dict[str, Any]) -> Path:
    folder = tmp_path / "node_modules"
    for source in script["FILES"]:
        path = folder / source
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("p{}\n/*# sourceMappingURL=p.css.map */")
    outline = folder / "@tabler/icons/icons/outline"
    outline.mkdir(parents=True)
    (outline / "check.svg").write_text('<svg class="x">\n  <path d="M5 12" />\n</svg>')
    return folder


def test_vendor_copies_what_is_used_and_builds_the_sheet(
    script: dict[str, Any], modules: Path, tmp_path: Path
) -> None:
    vendor: Callable[..., list[str]] = script["vendor"]
    target = tmp_path / "vendor"
    changed = vendor(modules, target, ("check",))
    assert sorted(changed) == sorted([*script["FILES"].values(), "icons.svg"])
    assert (target / "tabler.min.css").read_text() == "p{}"
    sheet = (target / "icons.svg").read_text()
    assert '<symbol id="check" viewBox="0 0 24 24"><path d="M5 12" /></symbol>' in sheet


def test_vendor_changes_nothing_the_second_time(
    script: dict[str, Any], modules: Path, tmp_path: Path
) -> None:
    target = tmp_path / "vendor"
    script["vendor"](modules, target, ("check",))
    before = {path: path.stat().st_mtime_ns for path in target.iterdir()}
    assert script["vendor"](modules, target, ("check",)) == []
    assert {path: path.stat().st_mtime_ns for path in target.iterdir()} == before


def test_vendor_removes_what_is_no_longer_used(
    script: dict[str, Any], modules: Path, tmp_path: Path
) -> None:
    target = tmp_path / "vendor"
    script["vendor"](modules, target, ("check",))
    (target / "old.js").write_text("")
    assert script["vendor"](modules, target, ("check",)) == ["old.js"]
    assert not (target / "old.js").exists()


def test_vendor_says_which_command_is_missing(script: dict[str, Any], tmp_path: Path) -> None:
    with pytest.raises(script["VendorError"], match="npm ci --ignore-scripts"):
        script["vendor"](tmp_path, tmp_path / "vendor", ())
