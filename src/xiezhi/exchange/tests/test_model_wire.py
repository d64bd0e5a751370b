"""Random histories over a hostile wire, with deaths: the end is as if nothing had gone wrong."""

from __future__ import annotations

from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from xiezhi.exchange.tests.model import HISTORIES, SITE, Exchange, Ground, few


def test_any_history_over_any_wire_ends_as_the_reference_does(
    twin_wrapper: BaseDatabaseWrapper,
    quick_keys: dict[str, Path],
    court_keys: None,
    db: None,
) -> None:
    class Wire(Exchange):
        ground = Ground(twin_wrapper, quick_keys)

    run_state_machine_as_test(
        Wire, settings=settings(few, max_examples=HISTORIES // 2 if SITE == "court" else 10)
    )
