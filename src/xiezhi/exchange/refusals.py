"""Refusals of operators' acts."""

from __future__ import annotations

from typing import ClassVar

from xiezhi.foundation.errors import Refusal


class NothingToSendAgain(Refusal):
    """The message has not left, or its outcome is known: sending it again would change nothing."""

    code = "exchange.nothing-to-send-again"
    text = "这条消息还没有发出，或者对方已经办结，不需要再次发送。"
    remedy = "请回到消息页面查看它现在的状态。"
    status = 409


class OutcomeKnown(Refusal):
    """The peer has settled the message; its content is no longer kept here."""

    code = "exchange.outcome-known"
    text = "对方已经办结这条消息，不能重新封装。"
    remedy = "请回到消息页面查看对方的回执。"
    status = 409


class NotHeld(Refusal):
    """The message is no longer held."""

    code = "exchange.not-held"
    text = "这条消息已经不在暂存状态，不需要重试。"
    remedy = "请回到消息页面查看办理结果。"
    status = 409


class AlreadyCleared(Refusal):
    """Somebody, or the message's arrival, was quicker."""

    code = "exchange.already-cleared"
    text = "这份文件已经解除隔离。"
    remedy = "请刷新隔离列表。"
    status = 409


class AlreadyChecked(Refusal):
    """Somebody has looked after it."""

    code = "exchange.already-checked"
    text = "这条交还的消息已经核对过。"
    remedy = "请在处置记录中查看核对人和说明。"
    status = 409


class AlarmOver(Refusal):
    """The alarm has cleared, or somebody else has taken it in hand."""

    code = "exchange.alarm-over"
    text = "这条报警已经消除，或者已有人接手处理。"
    remedy = "请刷新报警列表。"
    status = 409


class IntroductionRefused(Refusal):
    """The file is no introduction, or one that cannot be believed."""

    code: ClassVar[str] = "exchange.introduction-refused"
    text: ClassVar[str] = "这份介绍文件不能采用：{why}。没有登记任何内容。"
    remedy: ClassVar[str] = "请对方重新生成介绍文件，并确认传送过程中没有改动。"


class FingerprintDiffers(Refusal):
    """What was heard by telephone is not the end of this key's fingerprint."""

    code: ClassVar[str] = "exchange.fingerprint-differs"
    text: ClassVar[str] = "输入的8位与这个公钥指纹的最后8位不一致，没有登记。"
    remedy: ClassVar[str] = "请打电话给对方，由对方读出其屏幕上的指纹；不要照着本页面抄写。"


class KeyUnusable(Refusal):
    """A key cannot be made, confirmed or revoked as asked."""

    code: ClassVar[str] = "exchange.key-unusable"
    text: ClassVar[str] = "这个密钥不能这样处理：{why}。"
    remedy: ClassVar[str] = "请核对密钥的有效期和状态后再试。"
    status: ClassVar[int] = 409


class OlderKey(Refusal):
    """A key may not take back one that came after it: it may be in the wrong hands."""

    code: ClassVar[str] = "exchange.revoked-by-older-key"
    text: ClassVar[str] = "较旧的密钥不能吊销较新的密钥，没有采信。"


class NotAPartner(Refusal):
    """Types are granted one by one to partners alone; for others the table stands."""

    code: ClassVar[str] = "exchange.not-a-partner"
    text: ClassVar[str] = "这个站点收发的消息种类由系统约定，不能单独调整。"
    status: ClassVar[int] = 409
