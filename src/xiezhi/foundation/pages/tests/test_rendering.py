"""The door to a rendered page: whole, in parts, refused, broken."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest
from django.test import RequestFactory, override_settings

from xiezhi.foundation.pages import render
from xiezhi.foundation.pages.shell import Shell


class Refused(NamedTuple):
    """A refusal with a status."""

    status: int
    basis: str = "某法第一条"
    next_step: str = "请改日再来。"

    def __str__(self) -> str:
        return "今天不办理。"


def broken_shell(request: HttpRequest) -> Shell:
    raise RuntimeError(request.path)


def refusal(status: int = 409) -> dict[str, object]:
    return {"refusal": Refused(status), "request_id": "abc-1"}


def test_whole_page_has_shell_and_part_has_not(requests: RequestFactory) -> None:
    whole = render(requests.get("/"), "foundation/refusal.html", refusal(), status=409)
    part = render(requests.get("/"), "foundation/refusal.html", refusal(), block="notice")
    assert whole.content.startswith(b"<!doctype html>")
    assert part.content.startswith(b'<section class="xz-refusal"')
    assert whole.status_code == 409


def test_refusal_says_what_why_what_next_and_where_to_ask(requests: RequestFactory) -> None:
    page = render(requests.get("/"), "foundation/refusal.html", refusal()).content.decode()
    for words in (
        "今天不办理。",
        "某法第一条",
        "请改日再来。",
        "abc-1",
        "现在不能办理这一步",
        "12368",
    ):
        assert words in page


def test_part_of_a_refusal_goes_to_the_alert_region(requests: RequestFactory) -> None:
    part = render(requests.get("/"), "foundation/refusal.html", refusal(), block="notice")
    assert part["HX-Retarget"] == "#alerts"


def test_part_takes_waiting_messages_along(requests: RequestFactory) -> None:
    request = requests.get("/")
    storage = CookieStorage(request)
    request._messages = storage  # type: ignore[attr-defined]
    storage.add(25, "草稿已保存。")
    part = render(request, "foundation/display_form.html", {"with_theme": False}, block=None)
    assert "草稿已保存" not in part.content.decode()
    page = render(request, "foundation/portal.html", block="content").content.decode()
    assert 'id="alerts" hx-swap-oob="innerHTML"' in page
    assert "草稿已保存。" in page


def test_unknown_block_is_a_fault(requests: RequestFactory) -> None:
    with pytest.raises(Exception, match="not found"):
        render(requests.get("/"), "foundation/refusal.html", refusal(), block="nothing")


def test_page_of_a_fault_stands_without_the_shell(requests: RequestFactory) -> None:
    with override_settings(XIEZHI_SHELL=f"{__name__}.broken_shell"):
        page = render(requests.get("/"), "foundation/refusal.html", refusal(500), status=500)
        assert page.content.startswith(b"<!doctype html>")
        with pytest.raises(RuntimeError):
            render(requests.get("/"), "foundation/refusal.html", refusal(409), status=409)


def test_part_never_asks_for_the_shell(requests: RequestFactory) -> None:
    with override_settings(XIEZHI_SHELL=f"{__name__}.broken_shell"):
        part = render(requests.get("/"), "foundation/refusal.html", refusal(), block="notice")
    assert part.status_code == 200


def test_cookies_choose_letters_and_theme(requests: RequestFactory) -> None:
    requests.cookies["xz_type"] = "large"
    requests.cookies["xz_theme"] = "dark"
    page = render(requests.get("/"), "foundation/refusal.html", refusal()).content.decode()
    assert '<html lang="zh-CN" class="xz-large xz-portal" data-bs-theme="dark">' in page
