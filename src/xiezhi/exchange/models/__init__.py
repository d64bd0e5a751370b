"""Tables of the exchange."""

from xiezhi.exchange.models.attachments import InboxAttachment, OutboxAttachment
from xiezhi.exchange.models.inbox import InboxConversation, InboxMessage, Quarantined
from xiezhi.exchange.models.outbox import OutboxConversation, OutboxMessage, Receipt
from xiezhi.exchange.models.peers import Peer
from xiezhi.exchange.models.watch import Alarm, Intervention, PeerSight

__all__ = [
    "Alarm",
    "InboxAttachment",
    "InboxConversation",
    "InboxMessage",
    "Intervention",
    "OutboxAttachment",
    "OutboxConversation",
    "OutboxMessage",
    "Peer",
    "PeerSight",
    "Quarantined",
    "Receipt",
]
