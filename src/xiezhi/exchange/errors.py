"""What the exchange refuses, in words for people."""

from __future__ import annotations

from typing import ClassVar

from xiezhi.foundation.errors import Refusal

BASIS = "人民法院在线运行规则第三十四条、第四十条"


class Recovering(Refusal):
    """The site was restored and has not yet heard from its peers what it forgot."""

    code: ClassVar[str] = "exchange.recovering"
    text: ClassVar[str] = "系统正在从备份恢复，核对完成之前暂不能提交或者作出决定，这一步没有办。"
    remedy: ClassVar[str] = "您填写的内容都还在，请稍后再试；因此耽误的期限，法院会按故障记录核实。"
    basis: ClassVar[str] = BASIS
    status: ClassVar[int] = 503


class AlreadySettled(Refusal):
    """The position to be passed over is behind the conversation already."""

    code: ClassVar[str] = "exchange.already-settled"
    text: ClassVar[str] = "这个位置的消息已经办结，不能跳过。"
    remedy: ClassVar[str] = "请刷新页面，核对这一往来的最新进度。"
    status: ClassVar[int] = 409


class NotItsTurn(Refusal):
    """Another position blocks the conversation before this one."""

    code: ClassVar[str] = "exchange.not-its-turn"
    text: ClassVar[str] = "这一往来当前停在第{position}条，只能跳过这一条。"
    remedy: ClassVar[str] = "请核对第{position}条的情况后再决定。"
    status: ClassVar[int] = 409


class NothingWaits(Refusal):
    """Nothing in the conversation waits for the position: it may still be written."""

    code: ClassVar[str] = "exchange.nothing-waits"
    text: ClassVar[str] = "这一往来没有消息停在这里，不需要跳过。"
    remedy: ClassVar[str] = "请核对往来名称。对方已发出而迟迟未到的，由对方站点跳过。"
    status: ClassVar[int] = 409


class ReasonMissing(Refusal):
    """A gap is closed only with a reason."""

    code: ClassVar[str] = "exchange.reason-missing"
    text: ClassVar[str] = "没有写明跳过的理由，没有跳过。"
    remedy: ClassVar[str] = "请写明理由，对方站点的维护人员也会看到。"


class NotOurWord(Refusal):
    """A returned message does not bear a signature of this site, or its body differs."""

    code: ClassVar[str] = "exchange.not-our-word"
    text: ClassVar[str] = "交还的消息不是本站点签名的，没有采信。"


class UnknownPosition(Refusal):
    """There is no message of ours at that place."""

    code: ClassVar[str] = "exchange.unknown-position"
    text: ClassVar[str] = "我方在这个位置没有消息，不能跳过。"
    remedy: ClassVar[str] = "请核对往来名称和序号。"
    status: ClassVar[int] = 404
