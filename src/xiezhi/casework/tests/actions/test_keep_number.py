"""A number that was announced is never given again, whatever a restore forgot."""

from __future__ import annotations

import pytest

from xiezhi.casework.actions.keep_number import keep_number
from xiezhi.casework.models import NumberSeries
from xiezhi.casework.tests.conftest import OFFICER, RECEIVED_AT
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.errors import Forbidden
from xiezhi.foundation.transactions import acting
from xiezhi.law.errors import LawError

SYSTEM = Actor.system("exchange.apply")


def kept(printed: str, actor: Actor = SYSTEM) -> int:
    """Keep a number."""
    with acting(SYSTEM):
        return keep_number(printed=printed, actor=actor, at=RECEIVED_AT)


@pytest.mark.django_db
def test_the_series_goes_on_behind_the_number() -> None:
    assert kept("（2026）京0101民初37号") == 37

    with acting(SYSTEM):
        series = NumberSeries.objects.get()
    assert (series.court_id, series.year, series.type_code) == ("京0101", 2026, "民初")


@pytest.mark.django_db
def test_the_counter_never_falls() -> None:
    kept("（2026）京0101民初37号")

    assert kept("（2026）京0101民初12号") == 37


@pytest.mark.django_db
def test_only_the_system_keeps_numbers() -> None:
    with pytest.raises(Forbidden):
        kept("（2026）京0101民初37号", actor=OFFICER)


@pytest.mark.django_db
def test_what_is_no_number_is_refused() -> None:
    with pytest.raises(LawError):
        kept("第三十七号")
