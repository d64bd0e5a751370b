"""Silence: nothing is concluded from it before the peer's watermark has passed the deadline."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import psycopg
import pytest
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from xiezhi.exchange.actions._peers import peer_of
from xiezhi.exchange.actions._watermark import watermark_towards
from xiezhi.exchange.limits import watermark_slack
from xiezhi.exchange.models import OutboxMessage, Peer
from xiezhi.exchange.silence import lag_of, silence, watermark_of
from xiezhi.exchange.tests.notes import AT, FAULTS, TESTER, Note
from xiezhi.exchange.tests.twins import Pair, Twin
from xiezhi.foundation.transactions import acting

DEADLINE = AT + timedelta(minutes=1)


def proven(twin: Twin, deadline: datetime = DEADLINE) -> bool:
    """Tell whether a site may conclude from the silence of the other."""
    with twin.at_home(), acting(TESTER):
        return silence(twin.other, deadline).proven


def step(twins: Pair, *, carry: bool = True) -> None:
    """Let a minute pass and both sites work once."""
    twins.clock.pass_time(minutes=1)
    for twin in (twins.service, twins.court):
        twin.work()
        if carry:
            twins.carry()
        else:
            twins.park()


def test_a_peer_that_never_spoke_proves_nothing(twins: Pair) -> None:
    assert not proven(twins.court)
    with twins.court.at_home(), acting(TESTER):
        assert (watermark_of("service"), lag_of("service", AT)) == (None, None)


def test_silence_is_proven_once_the_watermark_has_passed(twins: Pair) -> None:
    step(twins)
    assert not proven(twins.court)  # the watermark stands a little before now

    step(twins)
    step(twins)
    assert proven(twins.court)
    with twins.court.at_home(), acting(TESTER):
        assert lag_of("service", twins.clock.now) == watermark_slack()


def test_a_cut_line_proves_nothing_however_long_it_lasts(twins: Pair) -> None:
    step(twins)
    for _ in range(5):
        step(twins, carry=False)

    assert not proven(twins.court)
    step(twins)
    step(twins)
    assert proven(twins.court)


def test_an_act_still_under_way_is_waited_for(twins: Pair) -> None:
    twins.service.post("quiet paid in time")
    twins.service.work()
    parked = twins.park()
    twins.clock.pass_time(seconds=30)
    twins.service.work()
    twins.carry()
    twins.court.work()

    # The watermark has come, the act it covers has not.
    assert not proven(twins.court, AT + timedelta(seconds=10))
    twins.unpark(parked)
    twins.carry()
    twins.court.work()
    assert twins.court.applied("note:1") == ["applied"]
    assert proven(twins.court, AT + timedelta(seconds=10))


def test_an_act_that_is_held_is_waited_for(twins: Pair) -> None:
    FAULTS.add("broken")
    twins.service.post("broken")
    step(twins)
    step(twins)
    step(twins)

    assert twins.court.applied("note:1") == ["held"]
    assert not proven(twins.court)
    FAULTS.clear()
    step(twins)
    step(twins)
    assert proven(twins.court)


def test_an_act_not_yet_sent_holds_the_watermark_back(twins: Pair) -> None:
    twins.service.post("quiet waiting")
    twins.clock.pass_time(hours=1)
    with twins.service.at_home(), acting(TESTER):
        assert watermark_towards(peer_of("court"), twins.clock.now) == AT
        OutboxMessage.objects.update(sent_at=AT)
        free = watermark_towards(peer_of("court"), twins.clock.now)
    assert free == twins.clock.now - watermark_slack()


@pytest.fixture
def another_transaction(twins: Pair) -> Iterator[psycopg.Connection]:
    """Hold a transaction open on the portal's database, as a slow request does."""
    with twins.service.at_home():
        told = {k: v for k, v in connection.get_connection_params().items() if isinstance(v, str)}
    wanted = ("dbname", "user", "password", "host")
    with psycopg.connect(**{k: told[k] for k in wanted}) as slow:  # type: ignore[arg-type]
        slow.execute("SELECT 1")
        yield slow
        slow.rollback()


def test_the_oldest_open_transaction_bounds_the_watermark(
    twins: Pair, another_transaction: psycopg.Connection
) -> None:
    began = another_transaction.execute("SELECT now()").fetchone()
    assert began is not None
    with twins.service.at_home(), acting(TESTER):
        late = began[0] + timedelta(hours=1)
        held_back = watermark_towards(peer_of("court"), late)
        another_transaction.rollback()
        free = watermark_towards(peer_of("court"), late)

    assert held_back == began[0] - watermark_slack()
    assert free == late - watermark_slack()


def test_a_watermark_never_falls(twins: Pair) -> None:
    step(twins)
    step(twins)
    with twins.service.at_home(), acting(TESTER):
        pledged = peer_of("court").watermark_out
        assert pledged is not None
        assert watermark_towards(peer_of("court"), pledged + watermark_slack() / 2) == pledged


def test_a_watermark_that_a_clock_set_wrong_pledged_is_given_up(twins: Pair) -> None:
    step(twins)
    with twins.service.at_home(), acting(TESTER):
        Peer.objects.filter(site="court").update(watermark_out=AT + timedelta(days=1))
        now = twins.clock.now
        assert watermark_towards(peer_of("court"), now) == now - watermark_slack()


def test_what_a_clock_that_is_ahead_pledges_is_not_believed(twins: Pair) -> None:
    step(twins)
    step(twins)
    twins.clock.pass_time(days=1)
    twins.service.work()
    twins.clock.pass_time(days=-1)
    twins.carry()
    twins.court.work()

    assert not proven(twins.court, twins.clock.now + timedelta(hours=1))


def test_a_clock_set_right_again_is_heard_at_once(twins: Pair) -> None:
    step(twins)
    twins.clock.pass_time(days=1)
    twins.service.work()
    twins.clock.pass_time(days=-1)
    twins.carry()
    twins.court.work()
    for _ in range(3):
        step(twins)

    assert proven(twins.court)
    with twins.court.at_home(), acting(TESTER):
        assert lag_of("service", twins.clock.now) == watermark_slack()


def test_an_older_standing_that_comes_late_changes_nothing(twins: Pair) -> None:
    twins.service.work()
    late = twins.park()
    step(twins)
    step(twins)
    with twins.court.at_home(), acting(TESTER):
        before = Peer.objects.values().get(site="service")
    twins.unpark(late)
    twins.carry()
    twins.court.work()

    with twins.court.at_home(), acting(TESTER):
        assert Peer.objects.values().get(site="service") == before


def test_each_site_learns_what_the_other_understands(twins: Pair) -> None:
    step(twins)

    with twins.court.at_home(), acting(TESTER):
        announced = Peer.objects.get(site="service").announced
    assert announced is not None
    assert announced[Note.TYPE] == Note.VERSION


def test_the_two_sites_have_two_databases(twins: Pair, twin_wrapper: BaseDatabaseWrapper) -> None:
    with twins.court.at_home():
        assert connections["default"] is not twin_wrapper
    with twins.service.at_home():
        assert connections["default"] is twin_wrapper
