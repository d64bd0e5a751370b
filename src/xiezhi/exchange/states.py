"""The lives of a message at its sender and at its receiver."""

from __future__ import annotations

from typing import Final

from django.db.models import TextChoices

from xiezhi.exchange.permissions import ExchangePermission as May
from xiezhi.foundation.machine import Machine, Move

BASIS: Final = "人民法院在线运行规则 第三十四条"


class OutboxState(TextChoices):
    """Where a message of ours is; ``acknowledged`` carries the receiver's outcome beside it."""

    PENDING = "pending", "待封装"
    SEALED = "sealed", "待发送"
    SENT = "sent", "传输中"
    ACKNOWLEDGED = "acknowledged", "对方已回执"


class InboxState(TextChoices):
    """What became of a message of a peer. A quarantined one never becomes a row of the inbox."""

    RECEIVED = "received", "已收到"
    APPLIED = "applied", "已办理"
    REFUSED = "refused", "已拒绝"
    HELD = "held", "已暂存"


class Hold(TextChoices):
    """Why a message is held: kept, retried, shown; it blocks only its own conversation."""

    PREDECESSOR = "predecessor", "前一条消息尚未到达"
    DEPENDENCY = "dependency", "所依赖的消息尚未办理"
    ATTACHMENT = "attachment", "附件尚未到达"
    UNKNOWN_TYPE = "unknown-type", "本系统尚不认识这类消息"
    UNKNOWN_VERSION = "unknown-version", "消息版本高于本系统"
    NO_HANDLER = "no-handler", "没有办理这类消息的模块"
    SCHEMA = "schema", "内容不符合约定的格式"
    HANDLER = "handler", "办理时程序出错"
    POSITION = "position", "位置与已办理的消息重复"


class PeerLacks(TextChoices):
    """Why a message of ours waits for its peer to be brought up to date."""

    TYPE = "exchange.peer-lacks-type", "对方尚不认识这类消息，待其升级后自动发出"
    VERSION = "exchange.peer-lacks-version", "对方版本较旧，无法表达这条消息，待其升级后自动发出"


NOT_PERMITTED: Final = "exchange.type-not-permitted"


class PeerState(TextChoices):
    """Whether we exchange with a site."""

    PROPOSED = "proposed", "待核对"
    ACTIVE = "active", "交换中"
    SUSPENDED = "suspended", "已暂停"


class ProposalState(TextChoices):
    """What people decided about a key that says it is a peer's."""

    PROPOSED = "proposed", "待核对"
    CONFIRMED = "confirmed", "已核对"
    DECLINED = "declined", "不采用"


class QuarantineReason(TextChoices):
    """Why an envelope is quarantined; the codes are those of the envelope's checks."""

    SIZE = "size", "超过大小上限"
    CONTAINER = "container", "外层格式损坏"
    HEADER = "header", "信封头无法读取"
    KIND = "kind", "信封种类未知"
    UNKNOWN_KEY = "unknown-key", "签名密钥未登记"
    KEY_NOT_VALID = "key-not-valid", "签名密钥不在有效期内"
    SIGNATURE = "signature", "签名不符"
    NOT_CANONICAL = "not-canonical", "信封头不是规范格式"
    DESTINATION = "destination", "收件地址不是本系统"
    DIGEST = "digest", "密文摘要不符"
    RECIPIENT_KEY = "recipient-key", "加密所用密钥不是本系统的"
    CANNOT_OPEN = "cannot-open", "密文无法解开"
    PLAINTEXT_DIGEST = "plaintext-digest", "明文摘要不符"
    TRAY = "tray", "来源与所在收件目录不符"
    COLLISION = "collision", "编号与其他来源的消息重复"


class AttachmentState(TextChoices):
    """Where an attachment is, on either side."""

    PENDING = "pending", "待发送"
    SENT = "sent", "已发送"
    STORED = "stored", "已保存"
    REJECTED = "rejected", "未通过检查"


OUT, IN = OutboxState, InboxState

OUTBOX: Final = Machine(
    initial=OUT.PENDING,
    final=frozenset(),
    moves=(
        Move("seal", frozenset({OUT.PENDING}), OUT.SEALED, May.CARRY, BASIS, "封装"),
        Move("send", frozenset({OUT.SEALED}), OUT.SENT, May.CARRY, BASIS, "发送"),
        Move(
            "repeat", frozenset({OUT.SENT, OUT.ACKNOWLEDGED}), OUT.SEALED, May.CARRY, BASIS, "重发"
        ),
        Move(
            "seal_anew",
            frozenset({OUT.SEALED, OUT.SENT, OUT.ACKNOWLEDGED}),
            OUT.PENDING,
            May.CARRY,
            BASIS,
            "重新封装",
        ),
        Move("acknowledge", frozenset(OUT), OUT.ACKNOWLEDGED, May.CARRY, BASIS, "记录回执"),
    ),
)

INBOX: Final = Machine(
    initial=IN.RECEIVED,
    final=frozenset({IN.APPLIED, IN.REFUSED}),
    moves=(
        Move("apply", frozenset({IN.RECEIVED, IN.HELD}), IN.APPLIED, May.CARRY, BASIS, "办理"),
        Move("refuse", frozenset({IN.RECEIVED, IN.HELD}), IN.REFUSED, May.CARRY, BASIS, "拒绝"),
        Move("hold", frozenset({IN.RECEIVED, IN.HELD}), IN.HELD, May.CARRY, BASIS, "暂存"),
    ),
)

PEER: Final = Machine(
    initial=PeerState.PROPOSED,
    final=frozenset(),
    moves=(
        Move(
            "accept",
            frozenset({PeerState.PROPOSED}),
            PeerState.ACTIVE,
            May.CONNECT,
            BASIS,
            "开始交换",
        ),
        Move(
            "suspend",
            frozenset({PeerState.ACTIVE}),
            PeerState.SUSPENDED,
            May.CONNECT,
            BASIS,
            "暂停交换",
        ),
        Move(
            "resume",
            frozenset({PeerState.SUSPENDED}),
            PeerState.ACTIVE,
            May.CONNECT,
            BASIS,
            "恢复交换",
        ),
    ),
)

PROPOSAL: Final = Machine(
    initial=ProposalState.PROPOSED,
    final=frozenset({ProposalState.CONFIRMED}),
    moves=(
        Move(
            "confirm",
            frozenset({ProposalState.PROPOSED}),
            ProposalState.CONFIRMED,
            May.CONNECT,
            BASIS,
            "登记公钥",
        ),
        Move(
            "decline",
            frozenset({ProposalState.PROPOSED}),
            ProposalState.DECLINED,
            May.CONNECT,
            BASIS,
            "不采用",
        ),
        Move(
            "propose_again",
            frozenset({ProposalState.DECLINED}),
            ProposalState.PROPOSED,
            May.CONNECT,
            BASIS,
            "再次提出",
        ),
    ),
)
