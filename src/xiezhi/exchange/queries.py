"""Reading the exchange: for people who wait, for operators who watch, for the relay."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from xiezhi.exchange.envelope.header import Outcome
from xiezhi.exchange.grants import GRANTS
from xiezhi.exchange.models import (
    InboxAttachment,
    InboxConversation,
    InboxMessage,
    InboxTransfer,
    OutboxAttachment,
    OutboxMessage,
    Peer,
    Quarantined,
    RecoveredAct,
)
from xiezhi.exchange.permissions import ExchangePermission as May
from xiezhi.exchange.recovery import recovering
from xiezhi.exchange.states import AttachmentState, Hold, InboxState, OutboxState
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.errors import NotFound
from xiezhi.foundation.permissions import allowed, visible

SETTLED = (InboxState.APPLIED, InboxState.REFUSED)


class DeliveryState(StrEnum):
    """Where a message of ours is, as the person who caused it sees it."""

    WAITING = "waiting"
    SENT = "sent"
    RECEIVED = "received"
    REFUSED = "refused"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class Delivery:
    """Where one message is; ``received_at`` is when the peer's own clock saw it arrive."""

    message_id: UUID
    state: DeliveryState
    posted_at: datetime
    sent_at: datetime | None = None
    received_at: datetime | None = None
    reason: str = ""


def delivery_of(message_id: UUID) -> Delivery | None:
    """Tell where one message of ours is; nothing if there is no such message."""
    return deliveries_of([message_id]).get(message_id)


def deliveries_of(message_ids: Iterable[UUID]) -> dict[UUID, Delivery]:
    """Tell where messages of ours are, in one query.

    The ids come from rows that the caller may see; nothing of the content is told.
    """
    rows = OutboxMessage.objects.filter(pk__in=list(message_ids)).only(
        "id", "state", "outcome", "reason", "posted_at", "sent_at", "peer_received_at"
    )
    return {row.id: _delivery(row) for row in rows}


def _delivery(row: OutboxMessage) -> Delivery:
    states = {
        Outcome.APPLIED: DeliveryState.RECEIVED,
        Outcome.REFUSED: DeliveryState.REFUSED,
        Outcome.HELD: DeliveryState.HELD,
    }
    sent = DeliveryState.SENT if row.sent_at else DeliveryState.WAITING
    state = states[Outcome(row.outcome)] if row.outcome in states else sent
    return Delivery(
        message_id=row.id,
        state=state,
        posted_at=row.posted_at,
        sent_at=row.sent_at,
        received_at=row.peer_received_at,
        reason=row.reason,
    )


def waiting_for(actor: Actor, peer: str) -> QuerySet[OutboxMessage]:
    """List messages that have not left yet, oldest first."""
    open_states = (OutboxState.PENDING, OutboxState.SEALED)
    return _outbox(actor, peer).filter(state__in=open_states).order_by("id")


def unacknowledged_for(actor: Actor, peer: str) -> QuerySet[OutboxMessage]:
    """List messages that left and whose outcome is open, the longest due first.

    Those that the peer holds are among them: their outcome is open too.
    """
    return (
        _outbox(actor, peer).filter(due_at__isnull=False, sent_at__isnull=False).order_by("due_at")
    )


def held_for(actor: Actor, peer: str) -> QuerySet[InboxMessage]:
    """List messages of a peer that we hold."""
    rows = InboxMessage.objects.filter(visible(GRANTS, May.WATCH, actor), src=peer)
    return rows.filter(state=InboxState.HELD).defer("envelope").order_by("conversation", "position")


def quarantined_for(actor: Actor, peer: str) -> QuerySet[Quarantined]:
    """List envelopes from a peer's tray that failed a check and have not come whole since."""
    rows = Quarantined.objects.filter(visible(GRANTS, May.WATCH, actor), src=peer)
    return rows.filter(cleared_at__isnull=True).defer("sample").order_by("-id")


def returned_for(actor: Actor, peer: str) -> QuerySet[RecoveredAct]:
    """List acts of ours that a restore forgot, a peer returned, and nobody has looked after."""
    rows = RecoveredAct.objects.filter(visible(GRANTS, May.WATCH, actor), peer=peer)
    rows = rows.filter(closed_at__isnull=True).defer("body", "proof", "note")
    return rows.order_by("returned_at", "id")


def returned_act(actor: Actor, act_id: UUID) -> RecoveredAct:
    """Find a returned act. Refuses: ``NotFound``."""
    rows = RecoveredAct.objects.filter(visible(GRANTS, May.WATCH, actor), pk=act_id)
    found = rows.defer("body", "proof", "note").first()
    if found is None:
        raise NotFound
    return found


def attachments_for(actor: Actor, peer: str) -> QuerySet[OutboxAttachment]:
    """List attachments that have not left yet, oldest first."""
    rows = OutboxAttachment.objects.filter(visible(GRANTS, May.WATCH, actor), dst=peer)
    return rows.filter(state=AttachmentState.PENDING).order_by("id")


def _outbox(actor: Actor, peer: str) -> QuerySet[OutboxMessage]:
    rows = OutboxMessage.objects.filter(visible(GRANTS, May.WATCH, actor), dst=peer)
    return rows.defer("body", "envelope", "attachments")


def ready_to_retry(*, src: str, at: datetime, limit: int) -> list[UUID]:
    """List held messages whose predecessor, dependency, attachment or time has come."""
    turn = InboxConversation.objects.filter(
        src=OuterRef("src"),
        conversation=OuterRef("conversation"),
        next_position=OuterRef("position"),
    )
    settled = InboxMessage.objects.filter(pk=OuterRef("waiting_for"), state__in=SETTLED)
    ours = OutboxMessage.objects.filter(pk=OuterRef("waiting_for"))
    attachment = InboxAttachment.objects.filter(
        src=OuterRef("src"), attachment_id=OuterRef("waiting_for")
    )
    ready = (
        Q(Exists(turn), reason=Hold.PREDECESSOR)
        | Q(Exists(settled) | Exists(ours), reason=Hold.DEPENDENCY)
        | Q(Exists(attachment), reason=Hold.ATTACHMENT)
        | Q(retry_at__lte=at)
    )
    if not recovering():
        ready |= Q(reason=Hold.RECOVERY)
    held = InboxMessage.objects.filter(ready, state=InboxState.HELD, src=src)
    return list(held.order_by("conversation", "position").values_list("pk", flat=True)[:limit])


def freed_by(settled: Sequence[InboxMessage]) -> list[UUID]:
    """List held messages that the settling of these may free: those next, and dependents.

    All are of one peer.
    """
    if not settled:
        return []
    places = {(row.conversation, row.position + 1) for row in settled}
    keys = {row.pk for row in settled}
    following = Q(
        src=settled[0].src,
        conversation__in={conversation for conversation, _ in places},
        position__in={position for _, position in places},
    )
    held = InboxMessage.objects.filter(following | Q(waiting_for__in=keys), state=InboxState.HELD)
    rows = held.order_by("position").only("conversation", "position", "waiting_for")
    return [
        row.pk
        for row in rows
        if (row.conversation, row.position) in places or row.waiting_for in keys
    ]


def whole_attachments(*, src: str, at: datetime, limit: int) -> list[UUID]:
    """List attachments of a peer all of whose parts are here, small ones first."""
    rows = InboxTransfer.objects.filter(src=src, open_at__lte=at).order_by("size", "open_at")
    return list(rows.values_list("attachment_id", flat=True)[:limit])


def attachment_outcome(peer: str, blob_id: UUID) -> str:
    """Tell what became of an attachment of ours at ``peer``: stored, rejected, or nothing yet."""
    settled = (AttachmentState.STORED, AttachmentState.REJECTED)
    rows = OutboxAttachment.objects.filter(dst=peer, blob_id=blob_id, state__in=settled)
    return rows.values_list("state", flat=True).first() or ""


def settled_among(src: str, attachment_ids: Iterable[UUID]) -> set[UUID]:
    """Tell which attachments of a peer are settled: their parts are of no more use."""
    rows = InboxAttachment.objects.filter(src=src, attachment_id__in=list(attachment_ids))
    return set(rows.values_list("attachment_id", flat=True))


def unsettled() -> int:
    """Count what this site's exchange still owes or is owed: nothing moves when it is zero."""
    outbox = OutboxMessage.objects.filter(
        Q(state__in=(OutboxState.PENDING, OutboxState.SEALED)) | Q(due_at__isnull=False)
    )
    attachments = OutboxAttachment.objects.filter(
        Q(state=AttachmentState.PENDING) | Q(due_at__isnull=False)
    )
    arriving = InboxTransfer.objects.filter(Q(open_at__isnull=False) | Q(tell_at__isnull=False))
    receipts = InboxMessage.objects.filter(receipt_due=True)
    held = InboxMessage.objects.filter(state=InboxState.HELD)
    return sum(rows.count() for rows in (outbox, attachments, arriving, receipts, held))


def may_skip(actor: Actor) -> bool:
    """Tell whether the actor may pass over a position of a conversation."""
    return allowed(GRANTS, May.SKIP, actor, Peer())


def may_watch(actor: Actor) -> bool:
    """Tell whether the actor may watch the exchange, and so has its pages in the navigation."""
    return allowed(GRANTS, May.WATCH, actor, Peer())
