"""What can happen in the conversation of an application."""

from __future__ import annotations

from xiezhi.foundation.events import EventKind, EventKinds

ONLINE = "人民法院在线诉讼规则第九条"
ACT = "民事诉讼法第一百二十六条"
KEPT = "as long as the case file; drafts 1 year after abandonment"
REDACTED = "ids and dates only"


def _kind(name: str, label: str, basis: str, *, attested: bool = False) -> EventKind:
    return EventKind(
        name=name, label=label, basis=basis, retention=KEPT, redaction=REDACTED, attested=attested
    )


EVENTS = EventKinds(
    _kind("application.started", "开始填写", ONLINE),
    _kind("application.abandoned", "作废草稿", ONLINE),
    _kind("application.submitted", "提交申请", "民事诉讼法第一百二十四条", attested=True),
    _kind("application.received", "法院收到申请", ONLINE),
    _kind("application.under_review", "法院开始审查", ACT),
    _kind("application.accepted", "法院决定立案", ACT, attested=True),
    _kind("application.rejected", "法院决定不予受理", ACT, attested=True),
    _kind("material.attached", "上传材料", ONLINE),
    _kind("material.removed", "移除材料", ONLINE),
    _kind("disclosure.arrived", "法院告知", "民事诉讼法第九十条"),
    _kind("draft.version_chosen", "选定草稿版本", ONLINE),
)
