"""The calculators as JSON: no login, no cookie, nothing changed, nothing kept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters

from xiezhi.service.calculators import openapi, refusals, sources
from xiezhi.service.calculators.answers import Json, document
from xiezhi.service.calculators.catalogue import find
from xiezhi.service.calculators.declaration import Calculator
from xiezhi.service.calculators.reading import Raw, Unanswerable

BODY_LIMIT: Final = 16 * 1024
_SHARED: Final = "public, max-age=300"
_KEPT_BY_NOBODY: Final = "no-store"


class Unreadable(Exception):
    """A request that is no question: status, code, words, what to do."""

    def __init__(self, status: int, code: str, text: str, remedy: str) -> None:
        """Keep what is answered."""
        super().__init__(code)
        self.answer = refusals.document(status=status, code=code, text=text, remedy=remedy)
        self.status = status


@csrf_exempt
@sensitive_post_parameters()
def calculate(request: HttpRequest, code: str) -> HttpResponse:
    """Answer one question, by POST with a JSON body or, without personal data, by GET."""
    calculator = find(code)
    if calculator is None:
        return _refused(
            refusals.document(
                status=404,
                code="law.unknown",
                text="没有这一项诉讼工具。",
                remedy="各项工具的名称见 /api/law/openapi.json。",
            )
        )
    return _answered(request, calculator, timezone.localdate())


def openapi_document(request: HttpRequest) -> HttpResponse:
    """Describe the interface, as made from the declarations."""
    del request
    return _json(openapi.document(timezone.localdate()), cache=_SHARED)


def source_list(request: HttpRequest) -> HttpResponse:
    """List every rule that is not verified."""
    del request
    return _json(sources.document(), cache=_SHARED)


def _answered(request: HttpRequest, calculator: Calculator[Any], today: date) -> HttpResponse:
    asked_by_get = request.method in {"GET", "HEAD"}
    cache = _SHARED if asked_by_get and calculator.shareable else _KEPT_BY_NOBODY
    try:
        raw = _query(request, calculator) if asked_by_get else _body(request, calculator)
        answer = calculator.answer(raw, today=today)
    except Unreadable as unreadable:
        response = _refused(unreadable.answer)
        if unreadable.status == 405:  # noqa: PLR2004  # the one status that must name what is allowed
            response["Allow"] = _allowed(calculator)
        return response
    except Unanswerable as unanswerable:
        return _refused(refusals.of(unanswerable.findings))
    return _json(document(calculator.code, calculator.title, answer), cache=cache)


def _query(request: HttpRequest, calculator: Calculator[Any]) -> Raw:
    if not calculator.shareable:
        text = "这一项只接受 POST 请求，填写的内容不得进入网址。"
        raise Unreadable(405, "law.post-only", text, "请把内容放在请求正文中。")
    return dict(request.GET.lists())


def _body(request: HttpRequest, calculator: Calculator[Any]) -> Raw:
    if request.method != "POST":
        remedy = f"可用的方法：{_allowed(calculator)}。"
        raise Unreadable(405, "law.method", "不支持这一请求方法。", remedy)
    if request.content_type != "application/json":
        text = "请求正文应当是 JSON。"
        raise Unreadable(415, "law.media-type", text, "请使用 Content-Type: application/json。")
    body = request.read(BODY_LIMIT + 1)
    if len(body) > BODY_LIMIT:
        text = f"请求正文超过{BODY_LIMIT // 1024}KB。"
        raise Unreadable(413, "law.body-too-large", text, "请只提交所列的填写项。")
    return _fields(body)


def _fields(body: bytes) -> Raw:
    wrong = Unreadable(
        400, "law.malformed", "请求正文不是可以识别的 JSON。", "请按接口说明组织请求正文。"
    )
    try:
        given = json.loads(body, parse_float=Decimal, parse_constant=_no_constant)
    except (ValueError, RecursionError):  # a number of thousands of digits is a ValueError too
        raise wrong from None
    if not isinstance(given, Mapping):
        raise wrong
    fields: dict[str, list[str]] = {}
    for name, value in given.items():
        items = value if isinstance(value, list) else [value]
        if any(isinstance(item, list | Mapping) for item in items):
            raise wrong
        fields[name] = [_word(item) for item in items if item is not None]
    return fields


def _word(value: str | Decimal | int | bool) -> str:  # noqa: FBT001  # a JSON value is what it is
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _allowed(calculator: Calculator[Any]) -> str:
    return "GET, HEAD, POST" if calculator.shareable else "POST"


def _refused(answer: dict[str, Json]) -> HttpResponse:
    status = answer["status"]
    return _json(answer, cache=_KEPT_BY_NOBODY, status=status if isinstance(status, int) else 400)


def _json(content: dict[str, Json], *, cache: str, status: int = 200) -> HttpResponse:
    response = JsonResponse(content, status=status, json_dumps_params={"ensure_ascii": False})
    response["Cache-Control"] = cache
    return response


# Nothing here reads or writes a table or asks who is there: the door need not open a transaction,
# and the calculators answer while the database is away.
for _view in (calculate, openapi_document, source_list):
    setattr(_view, "own_transactions", True)  # noqa: B010  # the door's own mark on a view
