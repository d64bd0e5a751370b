"""Tables of the exchange."""

from xiezhi.exchange.models.attachments import InboxAttachment, OutboxAttachment
from xiezhi.exchange.models.directions import Direction
from xiezhi.exchange.models.inbox import InboxConversation, InboxMessage, Quarantined
from xiezhi.exchange.models.outbox import OutboxConversation, OutboxMessage, Receipt
from xiezhi.exchange.models.peering import PeerPermit, ProposedKey
from xiezhi.exchange.models.peers import Peer

__all__ = [
    "Direction",
    "InboxAttachment",
    "InboxConversation",
    "InboxMessage",
    "OutboxAttachment",
    "OutboxConversation",
    "OutboxMessage",
    "Peer",
    "PeerPermit",
    "ProposedKey",
    "Quarantined",
    "Receipt",
]
