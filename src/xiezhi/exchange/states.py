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
    RECOVERY = "recovery", "本系统正在从备份恢复"


SKIPPED: Final = "exchange.skipped"
SETTLED_OUTCOMES: Final = ("applied", "refused")


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


class AlarmKind(TextChoices):
    """What can be wrong with the exchange, as its operators hear of it."""

    SILENT = "silent", "交换程序没有运行"
    UNACKNOWLEDGED = "unacknowledged", "发出的消息没有按时得到回执"
    NOT_LEAVING = "not-leaving", "消息无法封装"
    HELD_FAULT = "held-fault", "消息因程序原因不能办理"
    HELD_LONG = "held-long", "消息暂存时间过长"
    QUARANTINED = "quarantined", "收到未通过核验的文件"
    WATERMARK = "watermark", "对方的消息没有按时收齐"
    FERRY = "ferry", "摆渡程序没有报告状态或者发生故障"
    BACKLOG = "backlog", "出件目录积压"
    TRAY = "tray", "收发目录不可用"
    DISK = "disk", "磁盘空间不足"
    CLOCK = "clock", "时钟不一致"
    KEY = "key", "密钥即将到期"
    RECONCILIATION = "reconciliation", "对账不一致"
    RECOVERY = "recovery", "正在恢复"


class OperatorAct(TextChoices):
    """What an operator may do to the exchange, always with a reason."""

    REPLAY = "replay", "再次发送"
    RESEAL = "reseal", "重新封装"
    RETRY = "retry", "立即重试"
    SKIP = "skip", "跳过"
    DISMISS = "dismiss", "解除隔离"
    ACKNOWLEDGE = "acknowledge", "接手处理"
    CHECK = "check", "核对交还的消息"


class Direction(TextChoices):
    """Which way a message goes, as seen from this site."""

    IN = "in", "对方发来"
    OUT = "out", "我方发出"


class AccountState(TextChoices):
    """Whether both sites hold the same messages of a day."""

    PENDING = "pending", "等待核对"
    AGREED = "agreed", "一致"
    DIFFERS = "differs", "不一致"
    EXPLAINED = "explained", "不一致，已说明"


class FindingKind(TextChoices):
    """What is wrong with one message of a day whose accounts differ."""

    MISSING_HERE = "missing-here", "对方有，本系统没有"
    MISSING_THERE = "missing-there", "本系统有，对方没有"
    DIFFERENT = "different", "双方内容不同"


class TransferState(TextChoices):
    """How far an attachment of a peer has come; the words are those of the statement."""

    ARRIVING = "arriving", "传输中"
    MISSING = "missing", "有分块未能打开，等待重发"
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
        Move(
            "reseal",
            frozenset({OUT.SEALED, OUT.SENT, OUT.ACKNOWLEDGED}),
            OUT.PENDING,
            May.MEND,
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

ACCOUNT: Final = Machine(
    initial=AccountState.PENDING,
    final=frozenset(),
    moves=(
        Move("agree", frozenset(AccountState), AccountState.AGREED, May.CARRY, BASIS, "核对一致"),
        Move(
            "differ", frozenset(AccountState), AccountState.DIFFERS, May.CARRY, BASIS, "核对不一致"
        ),
        Move("wait", frozenset(AccountState), AccountState.PENDING, May.CARRY, BASIS, "重新核对"),
        Move(
            "explain",
            frozenset({AccountState.DIFFERS}),
            AccountState.EXPLAINED,
            May.EXPLAIN,
            BASIS,
            "说明原因",
        ),
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
