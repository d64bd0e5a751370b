"""Accounts between two whole sites: they agree, and what one lost comes back by itself."""

from __future__ import annotations

from django.db.models import F
from django.utils import timezone

from xiezhi.exchange.models import (
    InboxConversation,
    InboxMessage,
    Reconciliation,
    ReconciliationFinding,
)
from xiezhi.exchange.tests.notes import TESTER
from xiezhi.exchange.tests.twins import Pair, Twin
from xiezhi.foundation.transactions import acting


def begin(twins: Pair) -> None:
    """Let both sites live in the time that the ids of their messages bear."""
    twins.clock.now = timezone.now()
    twins.service.post("quiet one")
    twins.service.post("quiet two")
    twins.court.post("quiet three", "note:2")
    twins.settle()


def compare(twins: Pair) -> None:
    """Let the day end, and the sites say everything there is to say of it."""
    twins.clock.pass_time(days=1)
    for _ in range(6):
        twins.clock.pass_time(minutes=61)
        for twin in (twins.service, twins.court):
            twin.work()
            twins.carry()


def states(twin: Twin) -> set[tuple[str, str]]:
    """Give how the days that hold messages stand on a site, by direction."""
    with twin.at_home(), acting(TESTER):
        rows = Reconciliation.objects.exclude(own_count=0)
        return set(rows.values_list("direction", "state"))


def findings(twin: Twin) -> list[tuple[str, bool]]:
    """Give what a site found, and whether it is still so."""
    with twin.at_home(), acting(TESTER):
        rows = ReconciliationFinding.objects.order_by("message_id")
        return [(row.kind, row.closed_at is None) for row in rows]


AGREED = {("in", "agreed"), ("out", "agreed")}


def test_two_sites_agree_on_every_day(twins: Pair) -> None:
    begin(twins)
    compare(twins)

    assert (states(twins.service), states(twins.court)) == (AGREED, AGREED)
    with twins.court.at_home(), acting(TESTER):
        counted = sum(Reconciliation.objects.values_list("own_count", flat=True))
        assert counted == 3


def test_a_message_that_the_receiver_lost_comes_back_by_itself(twins: Pair) -> None:
    begin(twins)
    with twins.court.at_home(), acting(TESTER):
        lost = InboxMessage.objects.get(conversation="note:1", position=2)
        InboxMessage.objects.filter(pk=lost.pk).delete()
        InboxConversation.objects.filter(conversation="note:1").update(
            next_position=F("next_position") - 1
        )
    compare(twins)

    assert (states(twins.service), states(twins.court)) == (AGREED, AGREED)
    assert findings(twins.service) == [("missing-there", False)]
    assert findings(twins.court) == []  # it had come back before it was missed
    with twins.court.at_home(), acting(TESTER):
        again = InboxMessage.objects.get(pk=lost.pk)
        assert (again.state, again.header_digest) == ("applied", lost.header_digest)


def test_days_agree_again_after_a_restore(twins: Pair) -> None:
    begin(twins)
    twins.court.back_up()
    twins.service.post("quiet four")
    twins.settle()
    compare(twins)
    assert states(twins.service) == AGREED
    twins.court.restore()
    twins.settle()
    compare(twins)

    assert (states(twins.service), states(twins.court)) == (AGREED, AGREED)
    assert findings(twins.service) == findings(twins.court) == []
