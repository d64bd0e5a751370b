"""Pages of login and of the choice of post."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from xiezhi.directory.queries import court_names
from xiezhi.foundation.middleware import DoorRequest
from xiezhi.foundation.pages import render
from xiezhi.identity.login.redirects import safe_next
from xiezhi.identity.staff.actions.choose_post import choose_post
from xiezhi.identity.staff.actions.log_in import log_in
from xiezhi.identity.staff.actions.log_out import log_out
from xiezhi.identity.staff.doors import logged_in
from xiezhi.identity.staff.forms import LoginForm, PostForm
from xiezhi.identity.staff.queries import own_posts

UNPROCESSABLE = 422
TOO_MANY = 429
WRONG = "登录名或者密码不正确，请核对后再试。"
LOCKED = "密码连续输错多次，请15分钟后再试。忘记密码请联系本院系统管理员。"


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
        login_name=form.cleaned_data["login_name"],
        password=form.cleaned_data["password"],
        actor=request.actor,
        at=timezone.now(),
    )
    if outcome.account is None:
        message, status = (LOCKED, TOO_MANY) if outcome.locked_out else (WRONG, UNPROCESSABLE)
        return _login_form(request, form, message, status)
    return redirect(safe_next(request))


@logged_in
@require_http_methods(["GET", "POST"])
def post_page(request: DoorRequest) -> HttpResponse:
    """Show the posts one holds; on POST act in one of them from now on."""
    now = timezone.now()
    form = PostForm(request.POST or None)
    if form.is_valid():
        choose_post(request=request, post_id=form.cleaned_data["post"], actor=request.actor, at=now)
        return redirect(safe_next(request))
    posts = list(own_posts(request.actor, on=timezone.localdate(now)))
    context = {
        "posts": posts,
        "courts": court_names({post.court_id for post in posts}),
        "next": safe_next(request),
    }
    return render(request, "staff/post.html", context)


@require_POST
def logout_page(request: DoorRequest) -> HttpResponse:
    """Log out and return to the login."""
    log_out(request=request, actor=request.actor, at=timezone.now())
    return redirect("staff:login")


def _login_form(
    request: DoorRequest, form: LoginForm, message: str = "", status: int = UNPROCESSABLE
) -> HttpResponse:
    context = {"form": form, "message": message, "next": safe_next(request)}
    return render(request, "staff/login.html", context, status=status)
