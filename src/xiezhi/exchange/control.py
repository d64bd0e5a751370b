"""What every site does with messages about the exchange itself."""

from __future__ import annotations

from xiezhi.contracts.exchange import MessageReturned, PositionSkipped, ReturnEnded
from xiezhi.exchange.actions.end_recovery import end_recovery
from xiezhi.exchange.actions.take_returned import take_returned
from xiezhi.exchange.actions.take_skip import settle_skipped, take_skip
from xiezhi.exchange.envelope.header import Outcome
from xiezhi.exchange.handlers import Delivered, Received, follows_delivery, handles
from xiezhi.exchange.models import Direction, OutboxMessage, Skip
from xiezhi.exchange.states import SETTLED_OUTCOMES
from xiezhi.exchange.trust import site_trust
from xiezhi.foundation.actors import Actor

APPLY = Actor.system("exchange.apply")


@handles(PositionSkipped)
def on_position_skipped(message: PositionSkipped, received: Received) -> None:
    """Pass over it here too; the sweep tries again what that frees."""
    take_skip(message=message, received=received, at=received.received_at, actor=APPLY)


@handles(MessageReturned)
def on_message_returned(message: MessageReturned, received: Received) -> None:
    """Remember it again."""
    take_returned(
        message=message,
        received=received,
        trust=site_trust(),
        at=received.received_at,
        actor=APPLY,
    )


@handles(ReturnEnded)
def on_return_ended(message: ReturnEnded, received: Received) -> None:
    """Take new acts again, if this was the last peer to answer."""
    end_recovery(peer=received.src, epoch=message.epoch, at=received.received_at, actor=APPLY)


@follows_delivery
def on_skip_taken(delivered: Delivered) -> None:
    """Settle our own message that we passed over, once the peer has agreed."""
    if delivered.type != PositionSkipped.TYPE or delivered.outcome != Outcome.APPLIED:
        return
    skip = Skip.objects.filter(notice_id=delivered.message_id, direction=Direction.OUT).first()
    if skip is None or skip.message_id is None:
        return
    message = (
        OutboxMessage.objects.select_for_update(no_key=True)
        .filter(pk=skip.message_id)
        .exclude(outcome__in=SETTLED_OUTCOMES)
        .defer("body", "envelope")
        .first()
    )
    if message is not None:
        settle_skipped(message, at=delivered.received_at, actor=APPLY)
