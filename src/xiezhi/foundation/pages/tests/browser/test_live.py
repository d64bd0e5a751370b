"""One stream per browser, whatever the number of tabs; nothing is missed over a gap."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from xiezhi.foundation.pages.tests.browser.site import Site

pytestmark = pytest.mark.browser


def line(page: Page) -> str:
    return page.locator(".xz-live").inner_text()


def opened(context: BrowserContext, site: Site) -> Page:
    page = context.new_page()
    page.goto(f"{site.address}/live.html", wait_until="load")
    return page


def message(kind: str) -> str:
    return json.dumps({"topic": "account:1", "kind": kind, "id": "0199c3a2"})


def test_two_tabs_share_one_stream_and_both_hear(context: BrowserContext, site: Site) -> None:
    first, second = opened(context, site), opened(context, site)
    assert site.wait_for_streams(1)
    site.publish(message("application.received"))
    expect(first.locator(".xz-live")).to_contain_text("次")
    expect(second.locator(".xz-live")).to_contain_text("次")
    assert {line(first), line(second)} == {"第1次", "第2次"}
    assert len(site.streams) == 1


def test_other_kinds_are_not_heard(context: BrowserContext, site: Site) -> None:
    page = opened(context, site)
    assert site.wait_for_streams(1)
    site.publish(message("duty.opened"))
    site.publish(message("applications.listed"))
    site.publish(message("application"))
    expect(page.locator(".xz-live")).to_have_text("第1次")
    assert site.states == 1


def test_another_tab_takes_over_and_asks_anew(context: BrowserContext, site: Site) -> None:
    first = opened(context, site)
    assert site.wait_for_streams(1)
    second = opened(context, site)
    first.close()
    # The new leader tells its parts once, for nobody knows what passed in between.
    expect(second.locator(".xz-live")).to_have_text("第1次")
    site.publish(message("application"))  # the old stream notices on its next write that it is gone
    site.publish(message("application"))
    expect(second.locator(".xz-live")).to_contain_text("次")


def test_gap_in_the_stream_is_made_good(context: BrowserContext, site: Site) -> None:
    page = opened(context, site)
    assert site.wait_for_streams(1)
    with site.changed:
        site.streams[0].put(None)
    expect(page.locator(".xz-live")).to_have_text("第1次")
