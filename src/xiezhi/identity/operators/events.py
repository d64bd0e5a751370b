"""What can happen to the account of an operator."""

from __future__ import annotations

from xiezhi.foundation.events import EventKind, EventKinds

SECURITY = "《中华人民共和国网络安全法》第二十一条"
OPERATION = "《人民法院在线运行规则》第三十四条"
IDS = "只留编号"
SERVING, HALF_YEAR = "任职期间及其后五年", "六个月"

EVENTS = EventKinds(
    EventKind("operator.added", "开立运维账号", OPERATION, SERVING, IDS),
    EventKind("operator.reset", "重发运维账号的密码和动态口令", OPERATION, SERVING, IDS),
    EventKind("operator.disabled", "停用运维账号", OPERATION, SERVING, IDS),
    EventKind("operator.login_failed", "运维登录：密码未通过", SECURITY, HALF_YEAR, IDS),
    EventKind("operator.code_failed", "运维登录：动态口令未通过", SECURITY, HALF_YEAR, IDS),
    EventKind("operator.logged_in", "运维登录", SECURITY, HALF_YEAR, IDS),
    EventKind("operator.logged_out", "运维退出登录", SECURITY, HALF_YEAR, IDS),
)
