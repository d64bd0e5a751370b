"""Tables of the exchange."""

from xiezhi.exchange.models.accounts import Reconciliation, ReconciliationFinding
from xiezhi.exchange.models.attachments import (
    AwaitedAttachment,
    InboxAttachment,
    InboxTransfer,
    OutboxAttachment,
)
from xiezhi.exchange.models.directions import Direction
from xiezhi.exchange.models.inbox import InboxConversation, InboxMessage, Quarantined
from xiezhi.exchange.models.outbox import OutboxConversation, OutboxMessage, Receipt
from xiezhi.exchange.models.peering import PeerPermit, ProposedKey
from xiezhi.exchange.models.peers import Peer
from xiezhi.exchange.models.recovery import RecallTask, RecoveredAct, Recovery
from xiezhi.exchange.models.skips import Skip
from xiezhi.exchange.models.watch import Alarm, Intervention, PeerSight

__all__ = [
    "Alarm",
    "AwaitedAttachment",
    "Direction",
    "InboxAttachment",
    "InboxConversation",
    "InboxMessage",
    "InboxTransfer",
    "Intervention",
    "OutboxAttachment",
    "OutboxConversation",
    "OutboxMessage",
    "Peer",
    "PeerPermit",
    "PeerSight",
    "ProposedKey",
    "Quarantined",
    "RecallTask",
    "Receipt",
    "Reconciliation",
    "ReconciliationFinding",
    "RecoveredAct",
    "Recovery",
    "Skip",
]
