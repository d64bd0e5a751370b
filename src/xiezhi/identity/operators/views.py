"""Pages of the operators' login: the password, then the code."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from xiezhi.foundation.actors import ActorKind
from xiezhi.foundation.middleware import DoorRequest
from xiezhi.foundation.pages import render
from xiezhi.identity.login.redirects import safe_next
from xiezhi.identity.operators.actions.log_out import log_out
from xiezhi.identity.operators.actions.prove_code import prove_code
from xiezhi.identity.operators.actions.prove_password import prove_password
from xiezhi.identity.operators.forms import CodeForm, PasswordForm
from xiezhi.identity.operators.proofs import Proof

HOME: Final = "/operations/"
SAID: Final = {
    Proof.WRONG: "登录名或者密码不正确，请核对后再试。",
    Proof.LOCKED: "连续输错多次，请15分钟后再试。忘记密码或者丢失手机的，请系统管理员重新发放。",
    Proof.LATE: "输入密码已超过5分钟，或者登录已经完成，请重新输入密码。",
}
WRONG_CODE: Final = "动态口令不正确或者已经使用过，请等验证器显示下一组数字后再试。"
STATUS: Final = {Proof.WRONG: 422, Proof.LOCKED: 429, Proof.LATE: 422}


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def password_page(request: DoorRequest) -> HttpResponse:
    """Show the first step; on POST check the password and go on to the second."""
    if request.method == "GET":
        if request.actor.kind is ActorKind.STAFF:
            return redirect(_next(request))
        return _password_form(request, PasswordForm())
    form = PasswordForm(request.POST)
    if not form.is_valid():
        return _password_form(request, form, Proof.WRONG, said="")
    proof = prove_password(
        request=request,
        login_name=form.cleaned_data["login_name"],
        password=form.cleaned_data["password"],
        actor=request.actor,
        at=timezone.now(),
    )
    if proof is not Proof.PASSED:
        return _password_form(request, form, proof)
    return redirect(f"{reverse('operators:code')}?next={quote(_next(request))}")


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def code_page(request: DoorRequest) -> HttpResponse:
    """Show the second step; on POST check the code, begin the session and go on."""
    if request.method == "GET":
        return _code_form(request, CodeForm())
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _code_form(request, form, status=STATUS[Proof.WRONG])
    proof = prove_code(
        request=request, code=form.cleaned_data["code"], actor=request.actor, at=timezone.now()
    )
    if proof is Proof.PASSED:
        return redirect(_next(request))
    if proof is Proof.WRONG:
        return _code_form(request, CodeForm(), WRONG_CODE, STATUS[proof])
    return _password_form(request, PasswordForm(), proof)


@require_POST
def logout_page(request: DoorRequest) -> HttpResponse:
    """Log out and return to the login."""
    log_out(request=request, actor=request.actor, at=timezone.now())
    return redirect("operators:login")


def _next(request: HttpRequest) -> str:
    """Return the page that was asked for before the login; only ever one of operators."""
    asked = safe_next(request, HOME)
    return asked if asked.startswith(HOME) else HOME


def _password_form(
    request: DoorRequest, form: PasswordForm, proof: Proof | None = None, said: str | None = None
) -> HttpResponse:
    message = said if said is not None else SAID[proof] if proof else ""
    context = {"form": form, "message": message, "next": _next(request)}
    status = STATUS[proof] if proof else 200
    return render(request, "operators/login.html", context, status=status)


def _code_form(
    request: DoorRequest, form: CodeForm, message: str = "", status: int = 200
) -> HttpResponse:
    context = {"form": form, "message": message, "next": _next(request)}
    return render(request, "operators/code.html", context, status=status)
