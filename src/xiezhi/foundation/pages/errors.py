"""Pages for what goes wrong: a refusal's page and the pages of the HTTP errors."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final, NamedTuple

from django.http import HttpRequest, HttpResponse

from xiezhi.foundation.pages.rendering import render
from xiezhi.foundation.pages.shell import PortalShell


class Words(NamedTuple):
    """What an error page says: what happened, and what to do next."""

    title: str
    text: str
    remedy: str


ERRORS: Final[dict[int, Words]] = {
    400: Words("请求不完整", "这次请求的内容不完整，没有办理。", "请返回上一页重新提交。"),
    403: Words(
        "您不能办理这一事项",
        "当前登录的身份没有这一事项的权限，或者页面停留过久。",
        "请确认登录的账号和身份，刷新页面后再试。",
    ),
    404: Words(
        "没有找到这个页面",
        "地址可能有误，内容可能已移走，或者不属于您。",
        "请从首页重新进入，或者用上方的搜索查找。",
    ),
    409: Words(
        "内容已在别处修改",
        "您打开页面之后，这份内容在另一个窗口或由他人修改过，没有覆盖。",
        "请刷新页面，核对后再提交。",
    ),
    422: Words(
        "提交的内容需要修改",
        "提交的内容有不符合要求之处，没有办理。",
        "请返回上一页，按提示修改后再提交。",
    ),
    429: Words("操作太频繁", "短时间内操作次数过多，已暂停办理。", "请稍等几分钟再试。"),
    500: Words(
        "系统出了故障",
        "这一步没有办成，故障已经记录，正在处理。您此前保存的内容不会丢失。",
        "请稍后再试；期限紧迫的，可拨打12368说明查询编号。",
    ),
    503: Words("系统正在维护", "服务暂时不可用。", "请稍后再试；期限紧迫的，可拨打12368。"),
}


def error_response(request: HttpRequest, status: int) -> HttpResponse:
    """Render the page of an HTTP error; for htmx only its panel, into the alert region."""
    context: dict[str, object] = {
        "words": ERRORS[status],
        "request_id": str(getattr(request, "request_id", "")),
    }
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        # What failed may be what the shell is made from: this page stands without it.
        context |= {"shell": PortalShell(brand="獬豸"), "messages": ()}
    block = "notice" if request.headers.get("HX-Request") else None
    return render(request, "foundation/error.html", context, block=block, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400 (handler400)."""
    del exception
    return error_response(request, 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403 (handler403)."""
    del exception
    return error_response(request, 403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404 (handler404)."""
    del exception
    return error_response(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 (handler500)."""
    return error_response(request, 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token is missing or old (settings.CSRF_FAILURE_VIEW)."""
    del reason
    return error_response(request, 403)
