"""Tables of the exchange."""

from xiezhi.exchange.models.attachments import (
    AwaitedAttachment,
    InboxAttachment,
    InboxTransfer,
    OutboxAttachment,
)
from xiezhi.exchange.models.inbox import InboxConversation, InboxMessage, Quarantined
from xiezhi.exchange.models.outbox import OutboxConversation, OutboxMessage, Receipt
from xiezhi.exchange.models.peers import Peer

__all__ = [
    "AwaitedAttachment",
    "InboxAttachment",
    "InboxConversation",
    "InboxMessage",
    "InboxTransfer",
    "OutboxAttachment",
    "OutboxConversation",
    "OutboxMessage",
    "Peer",
    "Quarantined",
    "Receipt",
]
