"""Pages for what is nobody's refusal: not found, forbidden, a stale form, a fault of ours."""

from __future__ import annotations

from typing import ClassVar

from django.http import HttpRequest, HttpResponse

from xiezhi.foundation.errors import Forbidden, NotFound, Refusal
from xiezhi.foundation.pages import render


class BadRequest(Refusal):
    """The request cannot be read."""

    code = "bad-request"
    text = "您提交的内容无法识别。"
    remedy = "请返回上一页重新提交；如反复出现，请拨打12368。"
    status: ClassVar[int] = 400


class StaleForm(Refusal):
    """The form's protection token does not fit the session any more."""

    code = "stale-form"
    text = "页面打开时间过长或者登录状态已变化，为了您的安全没有提交。"
    remedy = "请返回上一页并刷新，已保存的草稿不会丢失，核对后再提交。"
    status: ClassVar[int] = 403


class Fault(Refusal):
    """A fault of the system."""

    code = "fault"
    text = "系统出现故障，这一步没有办成，您已保存的内容没有丢失。"
    remedy = "请稍后再试；如反复出现，请拨打12368，并报上页面下方的编号。"
    status: ClassVar[int] = 500


def _page(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    context = {"refusal": refusal, "request_id": getattr(request, "request_id", None)}
    block = "notice" if request.headers.get("HX-Request") else None
    return render(request, "foundation/refusal.html", context, block=block, status=refusal.status)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404; absent and not yours look alike."""
    del exception
    return _page(request, NotFound())


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403."""
    del exception
    return _page(request, Forbidden())


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400."""
    del exception
    return _page(request, BadRequest())


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token does not fit."""
    del reason
    return _page(request, StaleForm())


def fault(request: HttpRequest) -> HttpResponse:
    """Answer 500, with the number under which the log knows it."""
    return _page(request, Fault())
