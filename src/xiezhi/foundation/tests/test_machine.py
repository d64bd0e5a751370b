"""The state machine's table is checked when it is made."""

from __future__ import annotations

import pytest
from django.db.models import TextChoices

from xiezhi.foundation.machine import Machine, Move, MoveRefused
from xiezhi.foundation.permissions import Permission


class Light(TextChoices):
    RED = "red", "红"
    GREEN = "green", "绿"


class May(Permission):
    SWITCH = "light.switch"


GO = Move("go", frozenset({Light.RED}), Light.GREEN, May.SWITCH, "规则第一条", "放行")


def test_take_returns_the_move_from_a_source() -> None:
    machine = Machine(initial=Light.RED, final=frozenset({Light.GREEN}), moves=[GO])

    assert machine.take("go", Light.RED) is GO
    assert machine.open_from(Light.RED) == (GO,)


def test_take_refuses_in_the_words_of_the_table() -> None:
    machine = Machine(initial=Light.RED, final=frozenset({Light.GREEN}), moves=[GO])

    with pytest.raises(MoveRefused) as refused:
        machine.take("go", Light.GREEN)

    assert str(refused.value) == "现在处于“绿”，不能“放行”。"
    assert refused.value.status == 409


@pytest.mark.parametrize(
    ("initial", "final", "moves"),
    [
        (Light.GREEN, {Light.GREEN}, [GO]),
        (Light.RED, set(), [GO]),
        (Light.RED, {Light.RED, Light.GREEN}, [GO]),
        (Light.RED, {Light.GREEN}, [GO, GO]),
    ],
    ids=["unreachable", "dead end not final", "final with a way out", "name twice"],
)
def test_a_mistaken_table_is_an_error_at_import(
    initial: Light, final: set[Light], moves: list[Move[Light]]
) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        Machine(initial=initial, final=frozenset(final), moves=moves)
