"""One filing crosses two sites: by a person on a phone or a computer, and by a filing officer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.system.looking import look
from tests.system.stack import Stack
from xiezhi.sites.demo import papers
from xiezhi.sites.demo.plan import PASSWORD, Filing, plan

pytestmark = pytest.mark.browser
COURT = "鹤鸣市东渚区人民法院"
SCANS = ("p16_idcard.jpg", "p08_contract.jpg", "p12_slip.jpg")
PATIENCE = 20_000
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
DESK = {"viewport": {"width": 1440, "height": 900}}


@dataclass
class Person:
    """Somebody at a browser."""

    page: Page
    base: str

    def open(self, path: str) -> None:
        """Go to a page."""
        self.page.goto(f"{self.base}{path}")

    def fill(self, label: str, text: str) -> None:
        """Type into the field that bears this label."""
        self.page.get_by_label(label, exact=False).first.fill(text)

    def press(self, words: str) -> None:
        """Press the button, or follow the link, that says this."""
        self.page.get_by_role("button", name=words, exact=True).click()

    def follow(self, words: str) -> None:
        """Follow a link."""
        self.page.get_by_role("link", name=words).first.click()

    def finds(self, words: str, looks: int = 12) -> None:
        """Look again until the link is there: a document travels behind its news."""
        link = self.page.get_by_role("link", name=words).first
        for _ in range(looks):
            with suppress(AssertionError):
                expect(link).to_be_visible(timeout=PATIENCE // 4)
                return
            self.page.reload()
        expect(link).to_be_visible()

    def sees(self, text: str | re.Pattern[str]) -> None:
        """Wait until the page says this."""
        expect(self.page.locator("main")).to_contain_text(text, timeout=PATIENCE)


@pytest.fixture(params=["phone", "computer"])
def screen(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def contexts(browser: Browser, screen: str) -> Iterator[list[BrowserContext]]:
    """Give each person a browser of their own, of the same size."""
    options = PHONE if screen == "phone" else DESK
    made = [browser.new_context(locale="zh-CN", **options) for _ in range(2)]
    yield made
    for each in made:
        each.close()


@pytest.fixture
def filing(screen: str) -> Filing:
    return plan(seed=13 if screen == "phone" else 12, count=3, today=date(2026, 11, 20))[0]


@pytest.fixture
def files(tmp_path: Path, filing: Filing) -> list[Path]:
    """Take the scans beside the repository where they are; drawn papers stand in for them."""
    scans = Path(__file__).resolve().parents[3] / "shared/samples/scans"
    if scans.is_dir():
        return [scans / name for name in SCANS]
    drawn = {
        "id.png": papers.identity_card(filing),
        "note.pdf": papers.promissory_note(filing),
        "slip.png": papers.transfer_slip(filing),
    }
    for name, content in drawn.items():
        (tmp_path / name).write_bytes(content)
    return [tmp_path / name for name in drawn]


def registers(person: Person, filing: Filing) -> None:
    person.open("/")
    look(person.page, "portal-home-signed-out")
    person.open("/account/register/")
    person.fill("姓名", filing.plaintiff.name)
    person.fill("公民身份号码", filing.plaintiff.id_number)
    person.fill("手机号码", filing.plaintiff.phone)
    person.fill("密码", PASSWORD)
    person.page.get_by_role("checkbox").check()
    look(person.page, "portal-register")
    person.press("注册并登录")
    person.page.wait_for_url(f"{person.base}/")


def fills_in(person: Person, filing: Filing, files: list[Path]) -> None:
    person.open("/filing/filing.civil.private_lending/")
    person.page.get_by_label("被告住所地所在的市").select_option(label="云汀省鹤鸣市")
    person.press("显示这个市的法院")
    person.page.get_by_role("radio", name=COURT).check()
    look(person.page, "portal-start")
    person.press("开始填写")
    person.fill("住所地", filing.plaintiff.address)
    look(person.page, "portal-plaintiff")
    person.press("保存，下一步")
    person.fill("姓名", filing.defendant.name)
    person.fill("公民身份号码", filing.defendant.id_number)
    person.fill("住所地", filing.defendant.address)
    person.press("保存，下一步")
    person.fill("出借本金", "48,000")
    person.fill("出借日期", filing.lent_on.isoformat())
    person.page.get_by_role("radio", name="银行转账").check()
    look(person.page, "portal-loan")
    person.press("保存，下一步")
    person.fill("请求内容", "判令被告归还借款本金48,000元")
    person.fill("金额", "48000")
    person.press("保存，下一步")
    person.page.get_by_role("textbox", name="事实与理由").fill(
        "2025年3月2日，被告向原告借款48,000元，至今没有归还。"
    )
    person.press("下一步，上传材料")
    person.page.get_by_label("原告身份证明").set_input_files(files[0])
    expect(person.page.get_by_text("检查通过").first).to_be_visible(timeout=PATIENCE)
    person.page.get_by_label("借款和交付的证据").set_input_files(files[1:])
    expect(person.page.get_by_text("检查通过")).to_have_count(3, timeout=PATIENCE)
    look(person.page, "portal-materials")
    person.press("下一步，核对提交")


def submits(person: Person) -> str:
    person.sees("民事起诉状")
    look(person.page, "portal-review")
    person.press("提交立案申请")
    person.sees("需要")
    person.page.get_by_role("checkbox").check()
    person.press("提交立案申请")
    person.sees("提交回执")
    look(person.page, "portal-receipt")
    person.follow("查看办理进度")
    person.sees(re.compile(r"法院专网已收 ?\d\d:\d\d"))
    look(person.page, "portal-matter-received")
    return person.page.url


def decides(officer: Person, filing: Filing) -> None:
    officer.open("/account/login/")
    officer.fill("登录名", "lian1")
    officer.fill("密码", PASSWORD)
    look(officer.page, "court-login")
    officer.press("登录")
    officer.sees("立案审查")
    look(officer.page, "court-queue")
    found = officer.page.get_by_text(filing.plaintiff.name).first
    pages = officer.page.get_by_role("link", name="下一页")
    while not found.is_visible() and pages.count():
        pages.first.click()
    found.click()
    officer.press("开始审查")
    officer.sees("符合起诉条件")
    look(officer.page, "court-review")
    officer.page.get_by_text("受理并立案", exact=True).click()
    officer.page.get_by_label("我已核对当事人、诉讼请求、管辖和材料").check()
    officer.press("确认立案")
    officer.sees(re.compile(r"（\d{4}）示\d+民初\d+号"))
    officer.sees("电子卷宗")
    look(officer.page, "court-case")


def test_a_filing_crosses_both_sites(
    stack: Stack, contexts: list[BrowserContext], filing: Filing, files: list[Path], tmp_path: Path
) -> None:
    person = Person(contexts[0].new_page(), stack.portal)
    officer = Person(contexts[1].new_page(), stack.court)

    registers(person, filing)
    fills_in(person, filing, files)
    submits(person)
    decides(officer, filing)

    # The participant's page has stayed open: it learns of the acceptance by itself.
    person.sees(re.compile(r"已立案（\d{4}）示\d+民初\d+号"))
    person.finds("受理案件通知书")
    person.follow("受理案件通知书")
    person.sees("受理案件通知书")
    look(person.page, "portal-notice")
    with person.page.expect_download() as started:
        person.page.get_by_role("link", name=re.compile("下载")).first.click()
    notice = tmp_path / "notice.pdf"
    started.value.save_as(notice)
    text = "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(notice))
    assert re.search(r"（\d{4}）示\d+民初\d+号", text.replace("\r\n", ""))
    assert filing.plaintiff.name in text
