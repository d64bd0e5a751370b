"""Refusals of operators' acts."""

from __future__ import annotations

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


class AlarmOver(Refusal):
    """The alarm has cleared, or somebody else has taken it in hand."""

    code = "exchange.alarm-over"
    text = "这条报警已经消除，或者已有人接手处理。"
    remedy = "请刷新报警列表。"
    status = 409
