"""Random histories in which sites are restored in mid-traffic."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from xiezhi.exchange.tests.model import HISTORIES, SITE, Exchange, Ground, few


@pytest.mark.parametrize("sites", [("court",), ("service",), ("court", "service")])
def test_any_history_with_restores_ends_as_the_reference_does(
    sites: tuple[str, ...],
    twin_wrapper: BaseDatabaseWrapper,
    quick_keys: dict[str, Path],
    court_keys: None,
    db: None,
) -> None:
    class Restores(Exchange):
        ground = Ground(twin_wrapper, quick_keys)
        restored = sites

    run_state_machine_as_test(
        Restores, settings=settings(few, max_examples=HISTORIES // 6 if SITE == "service" else 4)
    )
