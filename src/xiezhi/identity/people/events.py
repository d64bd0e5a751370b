"""What can happen to an account."""

from __future__ import annotations

from xiezhi.foundation.events import EventKind, EventKinds

PIPL = "个人信息保护法第五十一条"
SECURITY = "网络安全法第二十一条"

EVENTS = EventKinds(
    EventKind(
        name="account.registered",
        label="注册账号",
        basis="人民法院在线诉讼规则第七条",
        retention="account",
        redaction="subject id only",
    ),
    EventKind(
        name="account.logged_in",
        label="登录",
        basis=SECURITY,
        retention="6 months",
        redaction="subject id only",
    ),
    EventKind(
        name="account.login_failed",
        label="登录失败",
        basis=SECURITY,
        retention="6 months",
        redaction="subject id only",
    ),
    EventKind(
        name="account.logged_out",
        label="退出登录",
        basis=SECURITY,
        retention="6 months",
        redaction="subject id only",
    ),
)
