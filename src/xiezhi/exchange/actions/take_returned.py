"""Take back a message of our own that this site forgot in a restore."""

from __future__ import annotations

import json
from datetime import datetime

import structlog
from django.db import transaction

from xiezhi.contracts.exchange import MessageReturned
from xiezhi.contracts.messages import REGISTRY
from xiezhi.contracts.versions import upcast
from xiezhi.exchange.actions._positions import make_room
from xiezhi.exchange.actions._record import record
from xiezhi.exchange.actions.reopen_accounts import reopen_accounts
from xiezhi.exchange.days import day_of
from xiezhi.exchange.envelope.account import content_digest
from xiezhi.exchange.envelope.check import check_signature
from xiezhi.exchange.envelope.container import Container
from xiezhi.exchange.envelope.faults import EnvelopeRejected
from xiezhi.exchange.envelope.header import MessageHeader
from xiezhi.exchange.envelope.kinds import parse
from xiezhi.exchange.envelope.message import SALT_SIZE
from xiezhi.exchange.errors import NotOurWord
from xiezhi.exchange.handlers import Received, Restored, restorer_of
from xiezhi.exchange.models import OutboxMessage, RecoveredAct
from xiezhi.exchange.recovery import concerns_the_exchange
from xiezhi.exchange.states import SETTLED_OUTCOMES, OutboxState
from xiezhi.exchange.trust import SiteTrust
from xiezhi.foundation.actors import Actor
from xiezhi.security.algorithms import suite

log = structlog.get_logger(__name__)


@transaction.atomic
def take_returned(
    *, message: MessageReturned, received: Received, trust: SiteTrust, at: datetime, actor: Actor
) -> None:
    """Remember a message of ours again, and open an item for the act behind it.

    Our own signature over the header and the digest of the body prove that the word is ours. The
    conversation's counter jumps past it; a message of ours that stands at the same place makes
    room. Refuses: :class:`NotOurWord`. Idempotent by the message's id.
    """
    header = _proven(message, received.src, trust)
    facts = {
        "outcome": message.outcome if message.outcome in SETTLED_OUTCOMES else "",
        "reason": message.reason,
        "peer_received_at": message.received_at,
    }
    known = OutboxMessage.objects.select_for_update(no_key=True).filter(pk=header.id).first()
    if known is not None:
        return
    make_room(header, actor=actor)
    body = message.plaintext[SALT_SIZE:].decode()
    OutboxMessage.objects.create(
        id=header.id,
        dst=header.dst,
        conversation=header.conversation,
        position=header.position,
        after=list(header.after),
        type=header.type,
        version=header.version,
        act_at=header.act_at,
        posted_at=header.created_at,
        state=OutboxState.ACKNOWLEDGED,
        epoch=header.epoch,
        sequence=header.sequence,
        header_digests=[suite(header.suite).digest(message.header).hex()],
        sealed_at=header.created_at,
        sent_at=header.created_at,
        acknowledged_at=at,
        body=None if facts["outcome"] else body,
        salt=None if facts["outcome"] else message.plaintext[:SALT_SIZE],
        content_digest=content_digest(header),
        **facts,
    )
    reopen_accounts(peer=header.dst, days={day_of(header.id)}, at=at, actor=actor)
    if not concerns_the_exchange(header.type):
        _open_item(message, header, body, at=at, actor=actor)


def _proven(message: MessageReturned, peer: str, trust: SiteTrust) -> MessageHeader:
    """Check that the header is ours and the body its own. Refuses: :class:`NotOurWord`."""
    try:
        header = parse(message.header)
        if not isinstance(header, MessageHeader) or header.dst != peer:
            raise NotOurWord
        pin = trust.own_pin(header.sender_key)
        if pin is None or header.src != trust.ring.site:
            raise NotOurWord
        check_signature(header, Container(message.header, message.signature, b"", b"", b""), pin)
        digest = pin.suite.digest(message.plaintext).hex()
    except EnvelopeRejected:
        raise NotOurWord from None
    if digest != header.digests.plaintext:
        raise NotOurWord
    return header


def _open_item(
    message: MessageReturned, header: MessageHeader, body: str, *, at: datetime, actor: Actor
) -> None:
    act = RecoveredAct(
        id=header.id,
        peer=header.dst,
        type=header.type,
        version=header.version,
        conversation=header.conversation,
        position=header.position,
        act_at=header.act_at,
        outcome=message.outcome,
        returned_at=at,
        proof=len(message.header).to_bytes(4, "big") + message.header + message.signature,
        body=body,
    )
    act.restored_by = _restored(act, body, at=at, actor=actor)
    if act.restored_by:
        act.closed_at = at
    act.save(force_insert=True)
    facts = {"type": act.type, "peer": act.peer, "restored_by": act.restored_by}
    record("exchange.act_returned", "act", act.id, actor=actor, at=at, facts=facts)
    log.warning("an act was forgotten", message=str(act.id), type=act.type, by=act.restored_by)


def _restored(act: RecoveredAct, body: str, *, at: datetime, actor: Actor) -> str:
    """Let the app whose act it was put back what it can; say which did, or nothing.

    One that fails is undone and logged: the item stays open for a person.
    """
    if (act.type, act.version) not in REGISTRY:
        return ""
    try:
        word = upcast(act.type, act.version, json.loads(body))
        restorer = restorer_of(type(word))
        if restorer is None:
            return ""
        with transaction.atomic():
            whole = restorer(word, Restored(act.id, act.peer, act.conversation, act.act_at, at))
    except Exception:
        log.exception("an act could not be put back", message=str(act.id), actor=actor.purpose)
        return ""
    return restorer.__module__ if whole else ""
