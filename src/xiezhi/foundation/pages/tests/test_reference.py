"""The documentation lists the components as they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from xiezhi.foundation.pages.reference import reference

DOCUMENT = Path(__file__).resolve().parents[5] / "docs" / "pages.md"


def test_documentation_holds_the_reference() -> None:
    if not DOCUMENT.exists():
        pytest.skip("installed without the documentation")
    text = DOCUMENT.read_text(encoding="utf-8")
    assert reference() in text, "python -m xiezhi.foundation.pages.reference"
