"""The table of commands: a second word leads elsewhere, and every target is there."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from xiezhi.sites import cli


@pytest.mark.parametrize("name", sorted(cli.COMMANDS))
def test_every_command_leads_somewhere(name: str) -> None:
    command = cli.COMMANDS[name]
    for target in filter(None, (command.target, command.process)):
        module, _, function = target.partition(":")
        found = importlib.util.find_spec(module)
        assert found is not None
        assert f"def {function}(" in Path(str(found.origin)).read_text()


def test_exchange_is_a_process_and_exchange_fsck_is_not(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["exchange", "fsck", "--help"])

    assert ended.value.code == 0
    assert "核对交换记录" in capsys.readouterr().out
    assert not cli._management_words(cli.COMMANDS["exchange"], [])
