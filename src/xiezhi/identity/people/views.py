"""Pages of registration and login."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from xiezhi.foundation.errors import Refusal
from xiezhi.foundation.middleware import DoorRequest, note
from xiezhi.foundation.pages import render
from xiezhi.foundation.pages.components import FieldError
from xiezhi.identity.login.redirects import safe_next
from xiezhi.identity.people.actions.log_in import log_in, start_session
from xiezhi.identity.people.actions.log_out import log_out
from xiezhi.identity.people.actions.register import register
from xiezhi.identity.people.forms import LoginForm, RegisterForm

UNPROCESSABLE = 422
TOO_MANY = 429
WRONG = "账号或者密码不正确，请核对后再试。"
LABELS = {
    "name": "姓名",
    "id_number": "公民身份号码",
    "phone": "手机号码",
    "password": "密码",
    "agreed": "保证与同意",
}
LOCKED = "密码连续输错多次，为保护您的账号，请15分钟后再试。忘记密码请拨打12368。"


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def register_page(request: DoorRequest) -> HttpResponse:
    """Show the registration form; on POST register, log in and go on."""
    if request.method == "GET":
        return _register_form(request, RegisterForm(), status=200)
    form = RegisterForm(request.POST)
    if not form.is_valid():
        return _register_form(request, form)
    values = {name: form.cleaned_data[name] for name in ("name", "id_number", "phone", "password")}
    at = timezone.now()
    try:
        account = register(**values, actor=request.actor, at=at)
    except Refusal as refusal:
        note(request, refusal)
        return _register_form(request, form, refusal)
    start_session(request=request, account=account, at=at)
    return redirect(safe_next(request))


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def login_page(request: DoorRequest) -> HttpResponse:
    """Show the login form; on POST log in and go on to where the person wanted to be."""
    if request.method == "GET":
        if request.actor.is_authenticated:
            return redirect(safe_next(request))
        return _login_form(request, LoginForm(), status=200)
    form = LoginForm(request.POST)
    if not form.is_valid():
        return _login_form(request, form)
    outcome = log_in(
        request=request,
        username=form.cleaned_data["login"],
        password=form.cleaned_data["password"],
        actor=request.actor,
        at=timezone.now(),
    )
    if outcome.account is None:
        message, status = (LOCKED, TOO_MANY) if outcome.locked_out else (WRONG, UNPROCESSABLE)
        return _login_form(request, form, message, status)
    return redirect(safe_next(request))


@require_POST
def logout_page(request: DoorRequest) -> HttpResponse:
    """Log out and return home."""
    log_out(request=request, actor=request.actor, at=timezone.now())
    return redirect("/")


def _register_form(
    request: DoorRequest,
    form: RegisterForm,
    refusal: Refusal | None = None,
    status: int = UNPROCESSABLE,
) -> HttpResponse:
    errors = [
        FieldError(name=name, label=LABELS[name], message=str(found[0]))
        for name, found in form.errors.items()
    ]
    context = {"form": form, "errors": errors, "refusal": refusal, "next": safe_next(request)}
    return render(request, "people/register.html", context, status=status)


def _login_form(
    request: DoorRequest, form: LoginForm, message: str = "", status: int = UNPROCESSABLE
) -> HttpResponse:
    context = {"form": form, "message": message, "next": safe_next(request)}
    return render(request, "people/login.html", context, status=status)
