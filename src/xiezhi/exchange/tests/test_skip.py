"""A signed skip closes a gap, with a reason that both sites keep."""

from __future__ import annotations

import pytest

from xiezhi.exchange.actions.skip import skip
from xiezhi.exchange.errors import (
    AlreadySettled,
    NothingWaits,
    NotItsTurn,
    ReasonMissing,
    UnknownPosition,
)
from xiezhi.exchange.models import Direction, InboxMessage, OutboxMessage, Skip
from xiezhi.exchange.tests.notes import FAULTS, TESTER
from xiezhi.exchange.tests.twins import Pair, Twin
from xiezhi.foundation.actors import ANONYMOUS, Actor
from xiezhi.foundation.errors import Forbidden
from xiezhi.foundation.ids import uuid7
from xiezhi.foundation.transactions import acting
from xiezhi.security.audit.models import AuditEntry

OPERATOR = Actor.staff(
    uuid7(), post_id=uuid7(), unit_id="", roles=frozenset({"system_admin"}), name="运维"
)
WATCHER = Actor.staff(uuid7(), post_id=uuid7(), unit_id="", roles=frozenset({"tier1_operator"}))
REASON = "对方数据库损坏，这一条已无法重发，经双方核对后跳过。"


def passed_over(
    twin: Twin,
    position: int,
    direction: Direction = Direction.IN,
    *,
    reason: str = REASON,
    actor: Actor = OPERATOR,
    conversation: str = "note:1",
) -> Skip:
    """Have an operator pass over a position."""
    with twin.at_home(), acting(actor):
        return skip(
            peer=twin.other,
            direction=direction,
            conversation=conversation,
            position=position,
            reason=reason,
            actor=actor,
            at=twin.clock.now,
        )


def skips(twin: Twin) -> list[tuple[str, int, bool, str]]:
    """Give what a site keeps of its skips."""
    with twin.at_home(), acting(TESTER):
        rows = Skip.objects.order_by("position")
        return [(row.direction, row.position, row.decided_here, row.reason) for row in rows]


def outcomes(twin: Twin) -> list[tuple[str, str]]:
    """Give what became of a site's own notes."""
    with twin.at_home(), acting(TESTER):
        rows = OutboxMessage.objects.filter(conversation="note:1").order_by("position")
        return [(row.outcome, row.reason) for row in rows]


@pytest.fixture
def stuck(twins: Pair) -> Pair:
    """Let the second of three notes fail at the court for ever."""
    FAULTS.add("broken")
    for text in ("quiet one", "broken", "quiet three"):
        twins.service.post(text)
    twins.settle(3)
    assert twins.court.applied("note:1") == ["applied", "held", "held"]
    return twins


def test_the_receiver_passes_over_what_it_cannot_apply(stuck: Pair) -> None:
    passed_over(stuck.court, 2)
    stuck.settle()

    assert stuck.court.applied("note:1") == ["applied", "refused", "applied"]
    assert outcomes(stuck.service)[1] == ("refused", "exchange.skipped")
    assert skips(stuck.court) == [("in", 2, True, REASON)]
    assert skips(stuck.service) == [("out", 2, False, REASON)]


def test_the_sender_withdraws_what_never_arrives(twins: Pair) -> None:
    twins.service.post("quiet one")
    twins.settle()
    twins.service.post("quiet two")
    twins.service.post("quiet three")
    twins.service.work()
    twins.park()

    passed_over(twins.service, 2, Direction.OUT)
    twins.settle()

    assert outcomes(twins.service)[2] == ("applied", "")
    assert outcomes(twins.service)[1] in {("refused", "exchange.skipped"), ("applied", "")}
    assert {row[1] for row in skips(twins.service)} == {2}


def test_what_arrives_for_a_place_that_was_passed_over_is_refused(twins: Pair) -> None:
    twins.service.post("quiet one")
    twins.settle()
    twins.service.post("quiet two")
    twins.service.work()
    parked = twins.park()
    twins.service.post("quiet three")
    twins.service.work()
    twins.carry()
    twins.court.work()

    passed_over(twins.court, 2)
    twins.unpark(parked)
    twins.settle()

    assert twins.court.applied("note:1") == ["applied", "refused", "applied"]
    assert outcomes(twins.service)[1] == ("refused", "exchange.skipped")
    with twins.court.at_home(), acting(TESTER):
        assert InboxMessage.objects.get(conversation="note:1", position=2).reason == (
            "exchange.skipped"
        )


def test_the_peer_refuses_a_skip_of_what_it_has_applied(twins: Pair) -> None:
    twins.service.post("quiet one")
    twins.service.work()
    twins.carry()
    twins.court.work()  # applied, and the receipt is still on its way

    passed_over(twins.service, 1, Direction.OUT)
    twins.settle()

    assert twins.court.applied("note:1") == ["applied"]
    assert outcomes(twins.service) == [("applied", "")]
    assert skips(twins.court) == []


@pytest.mark.parametrize("conversation", ["note:1", "note:never-begun"])
def test_a_place_that_nothing_waits_for_is_not_passed_over(twins: Pair, conversation: str) -> None:
    twins.service.post("quiet one")
    twins.settle()
    position = 2 if conversation == "note:1" else 1
    with pytest.raises(NothingWaits):
        passed_over(twins.court, position, conversation=conversation)
    twins.service.post("quiet next", conversation)
    twins.settle()

    assert set(twins.court.applied(conversation)) == {"applied"}


def test_the_same_skip_again_is_the_first(stuck: Pair) -> None:
    first = passed_over(stuck.court, 2)
    assert passed_over(stuck.court, 2, reason="换一个理由").id == first.id
    assert skips(stuck.court) == [("in", 2, True, REASON)]


@pytest.mark.parametrize("actor", [WATCHER, ANONYMOUS, Actor.person(uuid7())])
def test_only_the_administrator_skips(stuck: Pair, actor: Actor) -> None:
    with pytest.raises(Forbidden):
        passed_over(stuck.court, 2, actor=actor)
    assert skips(stuck.court) == []


def test_a_skip_needs_a_reason_and_its_turn(stuck: Pair) -> None:
    with pytest.raises(ReasonMissing):
        passed_over(stuck.court, 2, reason="  ")
    with pytest.raises(NotItsTurn, match="2"):
        passed_over(stuck.court, 3)
    with pytest.raises(AlreadySettled):
        passed_over(stuck.court, 1)
    with pytest.raises(UnknownPosition):
        passed_over(stuck.court, 9, Direction.OUT)
    assert stuck.court.applied("note:1") == ["applied", "held", "held"]
    assert skips(stuck.court) == []


def test_a_skip_is_audited_without_its_words(stuck: Pair) -> None:
    row = passed_over(stuck.court, 2)

    with stuck.court.at_home(), acting(TESTER):
        entry = AuditEntry.objects.get(act="exchange.position_skipped")
    assert (entry.subject_id, entry.actor_id) == (row.id, OPERATOR.account_id)
    assert REASON not in str(entry.facts)
