"""Refusals about operators: of their accounts, and of pages that are not theirs."""

from __future__ import annotations

from xiezhi.foundation.errors import Conflict, LoginRequired, NotFound, Refusal


class LoginNameTaken(Conflict):
    """Another operator bears this login name."""

    code = "operators.login-name-taken"
    text = "登录名“{login_name}”已被使用。"
    remedy = "请换一个登录名；要重发密码和动态口令，请用 operators reset。"


class LoginNameUnfit(Refusal):
    """The login name cannot be typed everywhere."""

    code = "operators.login-name-unfit"
    text = "登录名“{login_name}”不合要求。"
    remedy = "登录名用小写字母开头，只含小写字母、数字、点、横线和下划线，2至40个字符。"


class UnknownOperator(NotFound):
    """No operator bears this login name."""

    code = "operators.unknown"
    text = "没有登录名为“{login_name}”的运维账号。"
    remedy = "请用 operators list 核对登录名。"


class OperatorLoginRequired(LoginRequired):
    """Nobody has logged in as an operator, or the session has ended."""

    login_url = "/operations/login/"


class NotForOperators(Refusal):
    """An operator asked for a page of people."""

    code = "operators.not-for-operators"
    text = "您以运维人员的身份登录，运维人员不能查看和办理诉讼服务事项。"
    remedy = "请回到运维首页；要以本人身份办理诉讼，请先退出登录，再用本人账号登录。"
    status = 403
