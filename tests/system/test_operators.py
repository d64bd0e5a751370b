"""Operators of both sites log in and land on the exchange, on a phone and on a computer."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.system.looking import look
from tests.system.stack import Stack
from xiezhi.sites.demo.plan import PASSWORD

pytestmark = pytest.mark.browser
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
DESK = {"viewport": {"width": 1440, "height": 900}}


@pytest.fixture(params=["phone", "computer"])
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """Give a browser of one size."""
    options = PHONE if request.param == "phone" else DESK
    context = browser.new_context(locale="zh-CN", **options)
    yield context.new_page()
    context.close()


def told(stack: Stack, *words: str) -> str:
    """Run the command of operators as somebody at the server does, and return what it says."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("XIEZHI_", "DATABASE"))}
    done = subprocess.run(
        [sys.executable, "-m", "xiezhi.sites.cli", "manage", "operators", *words],
        env=kept | {"XIEZHI_SITE": "service", "XIEZHI_HOME": str(stack.home)},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return done.stdout.strip()


def give(page: Page, words: str, **typed: str) -> None:
    """Fill in fields by name and press the button that says ``words``."""
    for name, text in typed.items():
        page.locator(f"input[name={name}]").fill(text)
    page.get_by_role("button", name=words, exact=True).click()


@pytest.mark.rule("security.isolation")
def test_an_operator_of_the_service_site_logs_in_by_two_steps(stack: Stack, page: Page) -> None:
    login = f"jian{(page.viewport_size or {'width': 0})['width']}"
    said = told(stack, "add", login, "--name", "壬运清")
    password = re.search(r"密码 +(\S+)", said)
    recovery = re.search(r"^ +((?:\w{4}-){3}\w{4})$", said, re.MULTILINE)
    assert password is not None
    assert recovery is not None

    page.goto(f"{stack.portal}/operations/")
    look(page, "operators-password")
    give(page, "下一步：动态口令", login_name=login, password=password[1])
    look(page, "operators-code")
    give(page, "登录", code="000000")
    expect(page.locator("main")).to_contain_text("动态口令不正确")
    give(page, "登录", code=recovery[1])

    expect(page).to_have_url(f"{stack.portal}/operations/exchange/")
    look(page, "operators-console")
    page.goto(f"{stack.portal}/matters/")
    expect(page.locator("main")).to_contain_text("运维人员不能查看和办理诉讼服务事项")
    look(page, "operators-refused")


def test_the_demonstration_tells_how_its_operator_logs_in(stack: Stack) -> None:
    accounts = (stack.home / "demo-accounts.txt").read_text(encoding="utf-8")
    assert re.search(r"运维  yunwei .*动态口令密钥 [A-Z2-7]{32}$", accounts, re.MULTILINE)

    code = told(stack, "code", "yunwei")

    assert re.fullmatch(r"\d{6}", code)


def test_an_operator_of_the_court_lands_on_the_exchange(stack: Stack, page: Page) -> None:
    page.goto(f"{stack.court}/")
    give(page, "登录", login_name="yunwei1", password=PASSWORD)

    expect(page).to_have_url(f"{stack.court}/operations/exchange/")
    look(page, "operators-court")
