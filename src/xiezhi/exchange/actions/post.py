"""Post a message: write it to the outbox in the transaction of the act that causes it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from pydantic import TypeAdapter

from xiezhi.contracts.messages import REGISTRY, Message
from xiezhi.exchange import blobs
from xiezhi.exchange.causes import next_id
from xiezhi.exchange.envelope.header import Conversation, SiteId
from xiezhi.exchange.envelope.message import MAX_BODY, AttachmentFacts, new_salt
from xiezhi.exchange.errors import Recovering
from xiezhi.exchange.models import OutboxAttachment, OutboxMessage
from xiezhi.exchange.recovery import concerns_the_exchange
from xiezhi.exchange.signals import wake_relay
from xiezhi.exchange.traffic import may_send
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.ids import uuid7

_CONVERSATION: Final[TypeAdapter[str]] = TypeAdapter(Conversation)
_SITE: Final[TypeAdapter[str]] = TypeAdapter(SiteId)
# Half an envelope: after a restore a peer returns our words inside another message.
MAX_POSTED: Final = MAX_BODY // 2
# One statement takes the number and holds the lock: positions stay gap-free, because a caller
# that rolls back gives its number back.
_NEXT_POSITION: Final = """
INSERT INTO exchange_outboxconversation AS kept (id, dst, conversation, next_position)
VALUES (%s, %s, %s, 2)
ON CONFLICT (dst, conversation) DO UPDATE SET next_position = kept.next_position + 1
RETURNING next_position - 1,
    EXISTS (SELECT FROM exchange_peer WHERE recovering_since IS NOT NULL)
"""


@transaction.atomic
def post(
    *,
    to: str,
    message: Message,
    conversation: str,
    act_at: datetime,
    actor: Actor,
    after: Sequence[UUID] = (),
    attachments: Sequence[UUID] = (),
) -> UUID:
    """Write ``message`` to the outbox and return its id; it leaves when the caller commits.

    ``act_at`` is the legal time of the act. ``after`` names messages, of this site or the peer,
    that the peer must have settled first. ``attachments`` are blob ids; they travel in the bulk
    lane under the same ids. The message bears no name of its sender beyond the site: who acted is
    in the act's own record. Refuses: ``ValueError`` for a message that is not released, a
    malformed conversation, a site that may not be sent this type, too long a body; ``NotFound``
    for an attachment that is not the actor's; ``Recovering`` until peers have returned what a
    restored site forgot. Idempotence: what a handler posts a second time, after a restore, is known
    by its id and not posted again.
    """
    if not actor.is_authenticated:
        msg = "a message has an author"
        raise ValueError(msg)
    _SITE.validate_python(to)
    _CONVERSATION.validate_python(conversation)
    known = (message.TYPE, message.VERSION) in REGISTRY
    if to == settings.XIEZHI_SITE or not known or not may_send(to, message.TYPE):
        msg = f"{message.TYPE} version {message.VERSION} cannot be sent to {to}"
        raise ValueError(msg)
    facts = blobs.facts_of(actor, attachments)
    body = message.model_dump_json()
    most = MAX_BODY if concerns_the_exchange(message.TYPE) else MAX_POSTED
    if len(body.encode()) > most:
        msg = f"{message.TYPE} is longer than one envelope holds"
        raise ValueError(msg)
    answer = next_id()
    if answer is not None and OutboxMessage.objects.filter(pk=answer).exists():
        return answer
    row = OutboxMessage.objects.create(
        id=answer or uuid7(),
        dst=to,
        conversation=conversation,
        position=_next_position(to, conversation, message.TYPE),
        after=list(after),
        type=message.TYPE,
        version=message.VERSION,
        act_at=act_at,
        body=body,
        salt=new_salt(),
        attachments=[_as_json(each) for each in facts],
    )
    OutboxAttachment.objects.bulk_create(
        [OutboxAttachment(dst=to, blob_id=each.id, size=each.size) for each in facts],
        ignore_conflicts=True,
    )
    wake_relay()
    return row.id


def _next_position(to: str, conversation: str, message_type: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_NEXT_POSITION, [uuid7(), to, conversation])
        position, recovering = cursor.fetchone()
    if recovering and not concerns_the_exchange(message_type):
        raise Recovering
    return int(position)


def _as_json(facts: AttachmentFacts) -> dict[str, object]:
    return {
        "id": str(facts.id),
        "digest": facts.digest.hex(),
        "size": facts.size,
        "media_type": facts.media_type,
        "pages": facts.pages,
    }
