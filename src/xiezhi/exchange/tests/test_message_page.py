"""The path of a message: both directions, step by step, and nothing of its content."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from xiezhi.exchange.envelope.header import Outcome
from xiezhi.exchange.tests.notes import AT
from xiezhi.exchange.tests.pages import Pages
from xiezhi.exchange.tests.peer import PeerSite
from xiezhi.exchange.tests.site import Site
from xiezhi.foundation.errors import NotFound
from xiezhi.foundation.ids import uuid7

SECRET = "what nobody may read"


def test_a_message_of_ours_before_it_leaves(site: Site, pages: Pages) -> None:
    response = pages.get(f"messages/{site.post(SECRET)}/")

    for words in ("法院专网 → 互联网诉讼服务", "写入发件箱", "发出：尚未", "对方办理：尚无回执"):
        assertContains(response, words)
    assertNotContains(response, SECRET)
    assertNotContains(response, "再次发送")


def test_a_message_of_ours_to_the_peers_receipt(site: Site, peer: PeerSite, pages: Pages) -> None:
    ours = site.post(SECRET)
    site.send()
    peer.collect()
    peer.send(peer.acknowledge(peer.messages[ours], at=AT + timedelta(minutes=5)))
    site.receive()

    response = pages.get(f"messages/{ours}/")

    for words in ("对方已办理", "2026年3月2日（周一）09:35", "对方签名的回执", "已发出1次"):
        assertContains(response, words)
    assertNotContains(response, "再次发送")
    assertNotContains(response, "重新封装")


def test_a_message_that_the_peer_holds(site: Site, peer: PeerSite, pages: Pages) -> None:
    ours = site.post(SECRET)
    site.send()
    peer.collect()
    peer.send(peer.acknowledge(peer.messages[ours], Outcome.HELD, "unknown-type"))
    site.receive()

    response = pages.get(f"messages/{ours}/")

    for words in ("对方已暂存：本系统尚不认识这类消息", "再次发送", "重新封装"):
        assertContains(response, words)


def test_a_message_of_the_peer_that_was_applied(site: Site, peer: PeerSite, pages: Pages) -> None:
    draft = peer.draft(SECRET)
    peer.send(peer.seal(draft).data)
    site.receive()
    site.send()

    response = pages.get(f"messages/{draft.id}/")

    for words in ("互联网诉讼服务 → 法院专网", "签名和内容核验通过", "已办理", "回执已交付发送"):
        assertContains(response, words)
    assertNotContains(response, SECRET)
    assertNotContains(response, "立即重试")


def test_a_message_of_the_peer_that_is_held(site: Site, peer: PeerSite, pages: Pages) -> None:
    draft = peer.draft(SECRET, position=3)
    peer.send(peer.seal(draft).data)
    site.receive()

    response = pages.get(f"messages/{draft.id}/")

    for words in ("暂存：前一条消息尚未到达", "下一条应办理第1条", "立即重试", "回执等待发出"):
        assertContains(response, words)


def test_an_unknown_message_is_not_found(site: Site, pages: Pages) -> None:
    with pytest.raises(NotFound):
        pages.get(f"messages/{uuid7()}/")


def test_a_message_is_found_by_its_number(site: Site, pages: Pages) -> None:
    ours = site.post(SECRET)

    response = pages.get(f"find/?q={ours.hex}")

    assertRedirects(
        response, f"/operations/exchange/messages/{ours}/", fetch_redirect_response=False
    )


def test_what_is_no_number_leads_back_to_the_console(site: Site, pages: Pages) -> None:
    response = pages.get("find/?q=12")

    assertRedirects(response, "/operations/exchange/", fetch_redirect_response=False)


def test_a_quarantined_envelope_has_a_page(site: Site, peer: PeerSite, pages: Pages) -> None:
    sealed = peer.seal(peer.draft(SECRET))
    peer.send(sealed.data[:-1] + bytes([sealed.data[-1] ^ 1]))
    site.receive()
    listed = pages.text("queues/service/quarantined/")
    path = listed.split('href="/operations/exchange/quarantined/')[1].split('"')[0]

    assertContains(pages.get(f"quarantined/{path}"), "密文摘要不符")
