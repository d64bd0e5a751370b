"""What can happen to an account or a post of staff."""

from __future__ import annotations

from xiezhi.foundation.events import EventKind, EventKinds

SECURITY = "《中华人民共和国网络安全法》第二十一条"
OPERATION = "《人民法院在线运行规则》第三十四条"
IDS = "只留编号"

EVENTS = EventKinds(
    EventKind("staff.account_opened", "开立账号", OPERATION, "任职期间及其后五年", IDS),
    EventKind("staff.appointed", "任职", OPERATION, "任职期间及其后五年", IDS),
    EventKind("staff.post_ended", "免去任职", OPERATION, "任职期间及其后五年", IDS),
    EventKind("staff.logged_in", "登录", SECURITY, "六个月", IDS),
    EventKind("staff.login_failed", "登录失败", SECURITY, "六个月", IDS),
    EventKind("staff.post_chosen", "选择办理身份", SECURITY, "六个月", IDS),
    EventKind("staff.logged_out", "退出登录", SECURITY, "六个月", IDS),
)
