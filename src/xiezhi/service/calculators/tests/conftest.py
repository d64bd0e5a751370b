"""Fixtures of the calculators."""

from __future__ import annotations

import importlib
import io

import pytest

from xiezhi.service.calculators.tests.asking import Asking

# The command stands above this package, so it is loaded by its name, as the table of commands does.
law_command = importlib.import_module("xiezhi.sites.law_commands").main


class Command:
    """The command in this process: its exit code and what it wrote."""

    def __init__(self, capsys: pytest.CaptureFixture[str], patch: pytest.MonkeyPatch) -> None:
        self.capsys = capsys
        self.patch = patch

    def run(self, *words: str, stdin: str = "") -> tuple[int, str, str]:
        self.patch.setattr("sys.stdin", io.StringIO(stdin))
        code = law_command(words)
        written = self.capsys.readouterr()
        return code, written.out, written.err

    def ask(self, asking: Asking, *more: str) -> tuple[int, str, str]:
        return self.run(asking.code, *asking.words, *more, stdin=asking.stdin)


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    """Return the command, ready to be run."""
    return Command(capsys, monkeypatch)
