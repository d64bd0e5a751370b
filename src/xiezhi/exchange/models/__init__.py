"""Tables of the exchange."""

from xiezhi.exchange.models.accounts import Reconciliation, ReconciliationFinding
from xiezhi.exchange.models.attachments import InboxAttachment, OutboxAttachment
from xiezhi.exchange.models.inbox import InboxConversation, InboxMessage, Quarantined
from xiezhi.exchange.models.outbox import OutboxConversation, OutboxMessage, Receipt
from xiezhi.exchange.models.peers import Peer

__all__ = [
    "InboxAttachment",
    "InboxConversation",
    "InboxMessage",
    "OutboxAttachment",
    "OutboxConversation",
    "OutboxMessage",
    "Peer",
    "Quarantined",
    "Receipt",
    "Reconciliation",
    "ReconciliationFinding",
]
