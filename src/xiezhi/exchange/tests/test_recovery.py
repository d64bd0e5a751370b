"""Recovery: a restored site learns from its peer what it forgot, and says nothing twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from xiezhi.exchange import handlers
from xiezhi.exchange.envelope.container import decode, encode
from xiezhi.exchange.envelope.header import MAX_INTEGER
from xiezhi.exchange.errors import Recovering
from xiezhi.exchange.handlers import Restored, restores
from xiezhi.exchange.models import (
    InboxMessage,
    OutboxMessage,
    Peer,
    RecallTask,
    RecoveredAct,
    Recovery,
)
from xiezhi.exchange.recovery import recovering
from xiezhi.exchange.states import InboxState
from xiezhi.exchange.tests.notes import AT, SEEN, TESTER, Note
from xiezhi.exchange.tests.twins import Pair, Twin
from xiezhi.foundation.transactions import acting

AHEAD = int((AT + timedelta(days=3650)).timestamp())


def texts(twin: Twin, conversation: str = "note:1") -> list[tuple[int, str]]:
    """Give what a site has applied of the other's words, as (position, state)."""
    with twin.at_home(), acting(TESTER):
        rows = InboxMessage.objects.filter(conversation=conversation).order_by("position")
        return list(rows.values_list("position", "state"))


def own(twin: Twin, conversation: str = "note:1") -> list[tuple[int, str]]:
    """Give a site's own messages as (position, outcome)."""
    with twin.at_home(), acting(TESTER):
        rows = OutboxMessage.objects.filter(conversation=conversation).order_by("position")
        return list(rows.values_list("position", "outcome"))


def in_recovery(twin: Twin) -> bool:
    """Tell whether a site recovers."""
    with twin.at_home(), acting(TESTER):
        return recovering()


def settled(twins: Pair) -> Pair:
    """Exchange two words and remember both sites."""
    twins.service.post("quiet one")
    twins.court.post("quiet hello", "note:2")
    twins.settle()
    return twins


def test_what_a_site_forgot_of_its_own_comes_back_with_its_signature(twins: Pair) -> None:
    settled(twins).service.back_up()
    twins.service.post("quiet two")
    twins.service.post("quiet three")
    twins.settle()

    twins.service.restore()
    assert own(twins.service) == [(1, "applied")]
    twins.settle()

    assert own(twins.service) == [(1, "applied"), (2, "applied"), (3, "applied")]
    assert texts(twins.court) == [(1, "applied"), (2, "applied"), (3, "applied")]
    with twins.service.at_home(), acting(TESTER):
        acts = RecoveredAct.objects.order_by("position")
        assert [(a.position, a.type, a.closed_at) for a in acts] == [
            (2, Note.TYPE, None),
            (3, Note.TYPE, None),
        ]
        assert Note.model_validate_json(acts[0].body).text == "quiet two"


def test_what_a_site_lost_of_its_peer_is_sent_again(twins: Pair) -> None:
    settled(twins).service.back_up()
    twins.court.post("quiet later", "note:2")
    twins.court.post("quiet last", "note:2")
    twins.settle()

    twins.service.restore()
    assert texts(twins.service, "note:2") == [(1, "applied")]
    twins.settle()

    assert texts(twins.service, "note:2") == [(1, "applied"), (2, "applied"), (3, "applied")]
    assert own(twins.court, "note:2") == [(1, "applied"), (2, "applied"), (3, "applied")]


def test_nothing_new_is_taken_until_the_peer_has_answered(twins: Pair) -> None:
    settled(twins).service.back_up()
    twins.service.restore()

    with pytest.raises(Recovering):
        twins.service.post("quiet too early")
    twins.court.post("quiet meanwhile", "note:2")
    twins.court.work()
    twins.carry()
    twins.service.work()
    assert texts(twins.service, "note:2") == [(1, "applied"), (2, "held")]
    twins.settle()

    assert not in_recovery(twins.service)
    assert texts(twins.service, "note:2") == [(1, "applied"), (2, "applied")]
    twins.service.post("quiet now")
    twins.settle()
    assert texts(twins.court) == [(1, "applied"), (2, "applied")]


def test_counters_jump_past_what_the_peer_has_seen(twins: Pair) -> None:
    settled(twins).service.back_up()
    twins.service.post("quiet two")
    twins.settle()
    twins.service.restore()
    twins.settle()

    twins.service.post("quiet another two")
    twins.settle()

    assert own(twins.service) == [(1, "applied"), (2, "applied"), (3, "applied")]
    assert texts(twins.court) == [(1, "applied"), (2, "applied"), (3, "applied")]


def test_an_answer_given_before_the_restore_is_not_given_again(twins: Pair) -> None:
    settled(twins).court.back_up()
    twins.service.post("please answer", "note:3")
    twins.settle()
    assert texts(twins.service, "note:3") == [(1, "applied")]

    twins.court.restore()
    twins.settle()

    # The court applied the question twice, in two lives; the portal has one answer.
    assert [each.src for each in SEEN if each.conversation == "note:3"].count("service") == 2
    assert texts(twins.court, "note:3") == [(1, "applied")]
    assert texts(twins.service, "note:3") == [(1, "applied")]
    assert own(twins.court, "note:3") == [(1, "applied")]


def test_both_sites_may_be_restored_at_once(twins: Pair) -> None:
    settled(twins)
    twins.service.back_up()
    twins.court.back_up()
    twins.service.post("quiet two")
    twins.court.post("quiet too", "note:2")
    twins.settle()

    twins.service.restore()
    twins.court.restore()
    twins.settle(20)

    assert not in_recovery(twins.service)
    assert not in_recovery(twins.court)
    twins.service.post("quiet after", "note:4")
    twins.settle()
    assert texts(twins.court, "note:4") == [(1, "applied")]


def test_a_site_restored_without_being_told_notices_by_itself(twins: Pair) -> None:
    settled(twins).service.back_up()
    twins.service.post("quiet two")
    twins.settle()

    twins.service.forget_since_backup()
    twins.settle()

    with twins.service.at_home(), acting(TESTER):
        assert Recovery.objects.get().cause == "noticed"
    assert own(twins.service) == [(1, "applied"), (2, "applied")]
    assert not in_recovery(twins.service)


def test_a_peer_that_saw_an_epoch_of_a_clock_ahead_is_outnumbered_once(twins: Pair) -> None:
    settled(twins)
    with twins.court.at_home(), acting(TESTER):
        Peer.objects.filter(site="service").update(epoch_in=AHEAD)
    twins.settle()

    with twins.service.at_home(), acting(TESTER):
        assert Recovery.objects.get().epoch > AHEAD
    assert not in_recovery(twins.service)
    twins.service.post("quiet again")
    twins.settle()
    assert texts(twins.court) == [(1, "applied"), (2, "applied")]


def test_an_epoch_beyond_all_clocks_is_not_believed(twins: Pair) -> None:
    settled(twins)
    with twins.court.at_home(), acting(TESTER):
        Peer.objects.filter(site="service").update(epoch_in=MAX_INTEGER)
    twins.settle()

    with twins.service.at_home(), acting(TESTER):
        assert not Recovery.objects.exists()


def test_a_word_in_the_trays_when_the_site_died_makes_room(twins: Pair) -> None:
    settled(twins).service.back_up()
    twins.service.post("quiet two")
    twins.service.work()
    parked = twins.park()
    twins.service.restore()
    twins.settle()
    twins.service.post("quiet after")

    twins.unpark(parked)
    twins.settle()

    assert texts(twins.court) == [(1, "applied"), (2, "applied"), (3, "applied")]
    assert own(twins.service) == [(1, "applied"), (2, "applied"), (3, "applied")]


def test_an_app_puts_its_act_back(twins: Pair) -> None:
    put_back: list[str] = []

    @restores(Note)
    def again(message: Note, restored: Restored) -> bool:
        put_back.append(f"{restored.conversation} {message.text}")
        return True

    settled(twins).service.back_up()
    twins.service.post("quiet two")
    twins.settle()
    twins.service.restore()
    twins.settle()

    handlers.forget_restorer(Note)
    assert put_back == ["note:1 quiet two"]
    with twins.service.at_home(), acting(TESTER):
        act = RecoveredAct.objects.get()
        assert act.closed_at is not None
        assert act.restored_by == __name__


def test_a_new_epoch_counts_numbers_anew(twins: Pair) -> None:
    settled(twins).service.back_up()
    twins.service.restore()
    twins.settle()
    twins.service.post("quiet after")
    twins.settle()

    with twins.court.at_home(), acting(TESTER):
        peer = Peer.objects.get(site="service")
        task = RecallTask.objects.get(peer="service")
        assert (peer.epoch_in, task.done_at is not None) == (task.epoch, True)
        assert peer.received[0][0] == 1


def test_what_is_returned_must_be_our_own_word(twins: Pair) -> None:
    settled(twins).service.back_up()
    twins.service.post("quiet two")
    twins.settle()
    with twins.court.at_home(), acting(TESTER):
        row = InboxMessage.objects.get(conversation="note:1", position=2)
        forged = InboxMessage.objects.get(conversation="note:1", position=1)
        InboxMessage.objects.filter(pk=row.pk).update(envelope=swapped(row, forged))

    twins.service.restore()
    twins.settle()

    with twins.service.at_home(), acting(TESTER):
        refused = InboxMessage.objects.filter(state=InboxState.REFUSED)
        assert [each.reason for each in refused] == ["exchange.not-our-word"]
        assert not RecoveredAct.objects.exists()


def swapped(row: InboxMessage, other: InboxMessage) -> bytes:
    """Give the envelope of ``row`` with the signature of ``other``."""
    signature = decode(bytes(other.envelope)).signature
    return encode(replace(decode(bytes(row.envelope)), signature=signature))
