"""The gallery shows every component, on pages whose tags are closed and ids unique."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from xiezhi.foundation.pages.components import COMPONENTS
from xiezhi.foundation.pages.gallery import samples
from xiezhi.foundation.pages.gallery.writing import HERE, write
from xiezhi.foundation.pages.tests.parsing import elements


@pytest.fixture
def written(tmp_path: Path) -> list[Path]:
    return write(tmp_path / "gallery.html")


def test_gallery_has_one_file_per_page(written: list[Path]) -> None:
    assert len(written) == len(samples.pages())
    assert all(path.stat().st_size for path in written)


def test_every_component_is_shown(written: list[Path]) -> None:
    # Those that no page calls by name are made in Python, or are shown inside another.
    made_in_python = {"clock_badge", "pagination"}
    inside_another = {"definition_list", "empty_state"}
    source = "".join(path.read_text() for path in (HERE / "templates").rglob("*.html"))
    called = {name for name in COMPONENTS if f"ui.{name}(" in source}
    assert called | made_in_python | inside_another | {"refusal_panel"} == COMPONENTS.keys()


def test_tags_are_closed_and_ids_unique(written: list[Path]) -> None:
    for path in written:
        ids = Counter(element.get("id") for element in elements(path.read_text()))
        del ids[""]
        assert [name for name, times in ids.items() if times > 1] == [], path.name
