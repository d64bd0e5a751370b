"""An operator sees within seconds what went wrong on the way, and deals with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.system.looking import look
from tests.system.stack import Stack
from xiezhi.sites.demo.plan import PASSWORD

pytestmark = pytest.mark.browser
PATIENCE = 20_000
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
DESK = {"viewport": {"width": 1440, "height": 900}}
CONSOLE = "/operations/exchange/"


@pytest.fixture(params=[PHONE, DESK], ids=["phone", "computer"])
def operator(stack: Stack, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """Log an operator in at the court."""
    context = browser.new_context(locale="zh-CN", **request.param)
    page = context.new_page()
    page.goto(f"{stack.court}{CONSOLE}")
    page.get_by_label("登录名").fill("yunwei1")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("安全隔离交换", timeout=PATIENCE)
    yield page
    context.close()


@pytest.mark.rule("security.isolation")
def test_an_operator_finds_noise_and_dismisses_it(stack: Stack, operator: Page) -> None:
    look(operator, "console-quiet")
    noise = stack.home / f"spool/court/in/service/{uuid4().hex}.parcel"
    noise.write_bytes(b"\x00 noise")

    stack.wait_until(lambda: not noise.exists(), "the receiver to take the noise")
    operator.goto(f"{stack.court}{CONSOLE}")
    expect(operator.locator("main")).to_contain_text("收到未通过核验的文件")
    look(operator, "console-noise")
    operator.get_by_role("link", name=re.compile("有1份文件被隔离")).click()
    look(operator, "console-queue")
    operator.get_by_role("link", name="外层格式损坏").click()
    operator.get_by_role("link", name="解除隔离").click()
    look(operator, "console-act")
    operator.get_by_label("理由").fill("机房测试时放入的文件，已核实。")
    operator.get_by_role("button", name="解除隔离").click()

    expect(operator.locator("main")).to_contain_text("已解除隔离", timeout=PATIENCE)
    expect(operator.locator("main")).to_contain_text("没有隔离的文件")
    operator.goto(f"{stack.court}{CONSOLE}interventions/")
    expect(operator.locator("main")).to_contain_text("机房测试时放入的文件，已核实。")
    look(operator, "console-interventions")
