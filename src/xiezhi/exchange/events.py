"""What is recorded about the exchange, beside what its own tables keep."""

from __future__ import annotations

from typing import Final

from xiezhi.foundation.events import EventKind, EventKinds

_BASIS: Final = "人民法院在线运行规则第三十四条"
_KEPT: Final = "与交换记录同期保管，六个月以上（网络安全法第二十一条）"
_REDACTION: Final = "只含编号和摘要，无需隐去"

EVENTS: Final = EventKinds(
    EventKind("exchange.position_skipped", "跳过一条消息", _BASIS, _KEPT, _REDACTION),
    EventKind("exchange.recovery_begun", "从备份恢复", _BASIS, _KEPT, _REDACTION),
    EventKind("exchange.recovery_ended", "恢复完成", _BASIS, _KEPT, _REDACTION),
    EventKind("exchange.act_returned", "对方交还遗失的消息", _BASIS, _KEPT, _REDACTION),
    EventKind("exchange.act_closed", "核对遗失的消息", _BASIS, _KEPT, _REDACTION),
)
