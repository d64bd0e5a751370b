"""What the small scripts do: keys, confirmation, drafts, uploads, failures."""

from __future__ import annotations

import pytest
from playwright.sync_api import FilePayload, Page, expect

from xiezhi.foundation.pages.tests.browser.site import Site

pytestmark = pytest.mark.browser


def pdf(name: str) -> FilePayload:
    return {"name": name, "mimeType": "application/pdf", "buffer": b"%PDF-1.7 sample"}


def test_question_mark_lists_the_keys_of_the_page(site: Site, tab: Page) -> None:
    tab.goto(f"{site.address}/index-review.html")
    tab.keyboard.press("?")
    expect(tab.locator("#xz-keys")).to_be_visible()
    words = tab.locator("#xz-keys dl").inner_text()
    assert "案号、当事人、承办人" in words
    assert "下一页" in words
    tab.keyboard.press("Escape")
    expect(tab.locator("#xz-keys")).to_be_hidden()


def test_slash_goes_to_the_search_and_typing_there_is_left_alone(site: Site, tab: Page) -> None:
    tab.goto(f"{site.address}/index-queue.html")
    tab.keyboard.press("/")
    expect(tab.locator("#xz-search")).to_be_focused()
    tab.keyboard.type("jk?")
    expect(tab.locator("#xz-search")).to_have_value("jk?")


def test_viewer_turns_pages_and_zooms_by_keys(site: Site, tab: Page) -> None:
    tab.goto(f"{site.address}/index-review.html", wait_until="networkidle")
    shown = tab.locator("[data-viewer-page]")
    expect(shown).to_have_text("1")
    tab.keyboard.press("j")
    expect(shown).to_have_text("2")
    tab.keyboard.press("k")
    expect(shown).to_have_text("1")
    before = tab.locator("#page-1 img").bounding_box()
    tab.keyboard.press("=")
    after = tab.locator("#page-1 img").bounding_box()
    assert before
    assert after
    assert after["width"] == pytest.approx(before["width"] * 1.25, rel=0.02)


def test_irreversible_act_waits_for_the_tick(site: Site, tab: Page) -> None:
    tab.goto(f"{site.address}/index-status.html")
    tab.get_by_text("撤回申请", exact=True).click()
    act = tab.get_by_role("button", name="撤回立案申请")
    expect(act).to_be_disabled()
    tab.get_by_label("我已了解后果，自愿撤回这份立案申请。").check()
    expect(act).to_be_enabled()
    tab.get_by_role("button", name="返回修改").click()
    expect(act).to_be_hidden()


def test_draft_is_kept_while_typing_and_says_when(site: Site, tab: Page) -> None:
    tab.goto(f"{site.address}/index-form.html")
    tab.get_by_label("请求内容").fill("判令被告归还借款。")
    expect(tab.locator("[data-draft-status]")).to_have_text("已保存 10:15")
    assert len(site.drafts) == 1
    assert b"claim=" in site.drafts[0]


def test_refusal_is_shown_and_what_was_typed_stays(site: Site, tab: Page) -> None:
    site.refuse = True
    tab.goto(f"{site.address}/index-form.html")
    tab.get_by_label("请求内容").fill("判令被告归还借款。")
    expect(tab.locator("#alerts [role=alert]")).to_have_text("这份申请已经提交。")
    expect(tab.get_by_label("请求内容")).to_have_value("判令被告归还借款。")
    expect(tab.locator("[data-draft-status]")).to_have_text("没有保存，原因见页面上方的说明")
    site.refuse = False
    tab.get_by_label("请求内容").fill("判令被告归还借款本金。")
    expect(tab.locator("#alerts [data-alert]")).to_have_count(0)


def test_broken_network_is_said_plainly(site: Site, tab: Page) -> None:
    tab.goto(f"{site.address}/index-form.html")
    tab.context.set_offline(True)  # the only form it has
    tab.get_by_label("请求内容").fill("判令被告归还借款。")
    expect(tab.locator("#alerts")).to_contain_text("没有连上服务器")
    expect(tab.get_by_label("请求内容")).to_have_value("判令被告归还借款。")


def test_draft_that_did_not_arrive_is_sent_again(site: Site, tab: Page) -> None:
    tab.clock.install()
    tab.goto(f"{site.address}/index-form.html")
    tab.context.set_offline(True)
    tab.get_by_label("请求内容").fill("判令被告归还借款。")
    tab.clock.run_for(1000)
    expect(tab.locator("[data-draft-status]")).to_contain_text("会自动再试")
    tab.context.set_offline(False)
    tab.clock.run_for(11000)
    expect(tab.locator("[data-draft-status]")).to_have_text("已保存 10:15")


def test_files_are_sent_one_by_one_and_show_their_finding(site: Site, tab: Page) -> None:
    tab.goto(f"{site.address}/index-form.html")
    before = tab.locator(".xz-upload-tile").count()
    tab.locator("#upload-iou").set_input_files([pdf("借条.pdf"), pdf("回单.pdf")])
    expect(tab.get_by_text("检查通过，共2页")).to_have_count(2)
    expect(tab.locator(".xz-upload-tile")).to_have_count(before + 2)
    assert [b"%PDF-1.7 sample" in body for body in site.uploads] == [True, True]
    assert tab.locator("#upload-iou").evaluate("(input) => input.files.length") == 0


def test_file_that_did_not_arrive_can_be_sent_again(site: Site, tab: Page) -> None:
    tab.goto(f"{site.address}/index-form.html")
    tab.context.set_offline(True)
    tab.locator("#upload-iou").set_input_files([pdf("借条.pdf")])
    expect(tab.get_by_text("没有传成")).to_be_visible()
    tab.context.set_offline(False)
    tab.get_by_role("button", name="重新上传").click()
    expect(tab.get_by_text("检查通过，共2页")).to_be_visible()
    expect(tab.get_by_text("没有传成")).to_have_count(0)
