"""docs/calculators.md names every calculator, and its commands are answered."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from xiezhi.service.calculators.catalogue import CALCULATORS
from xiezhi.service.calculators.tests.asking import ID_NUMBER
from xiezhi.service.calculators.tests.conftest import Command

PAGE = (Path(__file__).parents[5] / "docs/calculators.md").read_text()
ROWS = re.findall(
    r"^\| `([^`]+)` \| ([^|]+) \| `[^`]+` \| `[^`]+` \| `([^`]+)`", PAGE, re.MULTILINE
)


def test_name_every_calculator() -> None:
    listed = {code: title.strip() for code, title, _ in ROWS}
    assert listed == {one.code: one.title for one in CALCULATORS} | {
        "sources": "规则来源与待核事项"
    }


@pytest.mark.parametrize("written", [command for _, _, command in ROWS])
def test_commands_are_answered(command: Command, written: str) -> None:
    start, area, *words = shlex.split(written)
    assert (start, area) == ("xiezhi", "law")
    code, out, err = command.run(*words, stdin=f"{ID_NUMBER}\n")
    assert (code, err) == (0, "")
    assert out
