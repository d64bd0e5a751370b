"""Refusals about accounts and posts of staff."""

from __future__ import annotations

from xiezhi.foundation.errors import Conflict, Refusal


class LoginNameTaken(Conflict):
    """Another account bears this login name."""

    code = "staff.login-name-taken"
    text = "登录名“{login_name}”已被使用。"
    remedy = "请换一个登录名。"


class UnknownRole(Refusal):
    """The role is not in the table of roles."""

    code = "staff.unknown-role"
    text = "角色表中没有“{role}”。"
    remedy = "请从角色表中选择。"


class PostNotHeld(Refusal):
    """The post is not the actor's, or does not run today."""

    code = "staff.post-not-held"
    text = "您目前没有担任这一职务，不能以该身份办理。"
    remedy = "请选择其他身份；任职信息有误的，请联系本院系统管理员。"
    status = 403
