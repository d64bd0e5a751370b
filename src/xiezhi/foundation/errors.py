"""Refusals that reach a person: one class, one code, one sentence, one article, one way on."""

from __future__ import annotations

from typing import ClassVar

from typing_extensions import override


class Refusal(Exception):
    """An anticipated refusal of a request; never a fault, never logged as one.

    Subclasses set ``code`` (stable, dotted), ``text`` (plain Chinese, a template over the facts),
    ``remedy`` (what to do next) and, where a rule of law stands behind the refusal, ``basis``.
    """

    code: ClassVar[str] = "refused"
    text: ClassVar[str] = "这一步没有办成。"
    basis: ClassVar[str] = ""
    remedy: ClassVar[str] = ""
    status: ClassVar[int] = 422

    def __init__(self, **facts: object) -> None:
        """Keep the facts that complete the sentence; they must hold no personal data."""
        super().__init__(self.code)
        self.facts = facts

    @override
    def __str__(self) -> str:
        return self.text.format(**self.facts)

    @property
    def next_step(self) -> str:
        """Say what to do next, with the facts filled in."""
        return self.remedy.format(**self.facts)


class Forbidden(Refusal):
    """The actor may not do this."""

    code = "forbidden"
    text = "您当前的身份不能办理这一事项。"
    remedy = "请确认登录的账号和身份；如认为有误，可拨打12368咨询。"
    status = 403


class NotFound(Refusal):
    """Absent, or not the actor's: the two look alike."""

    code = "not-found"
    text = "没有找到您要查看的内容。"
    remedy = "它可能已被移走，或者不属于您。请从首页重新进入。"
    status = 404


class LoginRequired(Refusal):
    """Nobody is logged in, or the session has ended.

    ``login_url`` names a login other than the site's own.
    """

    login_url: ClassVar[str] = ""

    code = "login-required"
    text = "请先登录。"
    remedy = "登录后会回到刚才的页面，已保存的内容不会丢失。"
    status = 401


class Conflict(Refusal):
    """Somebody else, or another window, was quicker."""

    code = "conflict"
    text = "这份内容刚刚在别处被修改过，没有覆盖。"
    remedy = "请刷新页面，核对后再提交。"
    status = 409
