"""What a peer's standing and the accounts say is wrong, and how the console says it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone
from pytest_django.asserts import assertContains

from xiezhi.exchange.actions.note_sight import Sight, note_sight
from xiezhi.exchange.models import Peer, Reconciliation
from xiezhi.exchange.states import AlarmKind
from xiezhi.exchange.tests.notes import AT, TESTER
from xiezhi.exchange.tests.pages import Pages
from xiezhi.exchange.tests.site import Site
from xiezhi.exchange.watch.findings import findings
from xiezhi.foundation.transactions import acting


def kinds(**stands: object) -> list[tuple[str, str]]:
    """Give what is wrong with a peer of which this is known, when the process has just looked."""
    with acting(TESTER):
        Peer.objects.update_or_create(site="service", defaults=stands)
        note_sight(peer="service", sight=Sight(), at=AT, actor=TESTER)
        return [(each.kind, each.subject) for each in findings("service", AT)]


@pytest.mark.parametrize(
    ("stands", "wrong"),
    [
        ({}, []),
        ({"watermark_in": AT - timedelta(minutes=9)}, []),
        ({"watermark_in": AT - timedelta(minutes=11)}, [(AlarmKind.WATERMARK, "")]),
        ({"recovering_since": AT}, [(AlarmKind.RECOVERY, "own")]),
        ({"peer_recovering": True}, [(AlarmKind.RECOVERY, "peer")]),
    ],
)
def test_what_a_peers_standing_says_is_found(
    site: Site, stands: dict[str, object], wrong: list[tuple[str, str]]
) -> None:
    assert kinds(**stands) == wrong


@pytest.mark.parametrize(
    ("state", "wrong"),
    [
        ("pending", []),
        ("agreed", []),
        ("explained", []),
        ("differs", [(AlarmKind.RECONCILIATION, "")]),
    ],
)
def test_a_day_that_differs_is_found(site: Site, state: str, wrong: list[tuple[str, str]]) -> None:
    with acting(TESTER):
        Reconciliation.objects.create(
            peer="service", direction="in", day=date(2026, 3, 1), state=state
        )

    assert kinds() == wrong


def test_the_console_tells_watermark_accounts_and_versions(site: Site, pages: Pages) -> None:
    at = timezone.now()
    with acting(TESTER):
        Peer.objects.create(site="service", watermark_in=at, announced={"test.note": 1})
        Reconciliation.objects.create(
            peer="service", direction="in", day=date(2026, 3, 1), state="agreed"
        )

    response = pages.get()

    for words in ("不到1秒前）", "2026年3月1日（周日）已核对一致", "1种", "发出编号"):
        assertContains(response, words)
