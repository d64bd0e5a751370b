"""The pages on peers: from a file to messages, each step for the administrator alone."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects
from pytest_django.fixtures import DjangoAssertNumQueries, Settings

from xiezhi.contracts.messages import ApplicationSubmitted
from xiezhi.exchange.introduction import read_introduction
from xiezhi.exchange.models import Peer, PeerPermit, ProposedKey
from xiezhi.exchange.states import PeerState, ProposalState
from xiezhi.exchange.tests.fresh import ADMIN, hear, introduction_of, proposals, take_in
from xiezhi.exchange.tests.notes import AT
from xiezhi.foundation.actors import ANONYMOUS, Actor
from xiezhi.foundation.ids import uuid7
from xiezhi.security.keys import KeyRing, PeerBook

pytestmark = pytest.mark.django_db
NOW: list[Actor] = []
COST = 7

WEEK = timedelta(days=7)


def now_acting(_request: object) -> Actor:
    """Say who asks: the one whom the test put there."""
    return NOW[0]


@pytest.fixture
def browser(court: Path, settings: Settings) -> Client:
    """Give a browser in which the administrator works."""
    del court
    settings.XIEZHI_SHELL = "xiezhi.foundation.pages.shell.plain_portal"
    settings.XIEZHI_ACTOR_RESOLVER = f"{__name__}.now_acting"
    NOW[:] = [ADMIN]
    return Client()


def uploaded(content: bytes) -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile("bank.introduction.json", content, "application/json")}


def at_bank(name: str, *rest: object) -> str:
    return reverse(f"exchange:{name}", args=["bank", *rest])


def test_a_peer_comes_in_by_file_and_telephone(browser: Client, bank: KeyRing, court: Path) -> None:
    answer = browser.post(reverse("exchange:peer-introduce"), uploaded(introduction_of(bank)))
    assertRedirects(answer, at_bank("peer"))
    (key,) = proposals("bank")

    page = browser.get(at_bank("peer"))
    for words in ("江州银行", "协同单位", "待核对的公钥", key.spoken, "还没有登记公钥"):
        assertContains(page, words)
    assertNotContains(page, bank.identity(AT).public.spoken)

    heard = at_bank("peer-confirm-key", key.id)
    assertContains(browser.post(heard, {"heard": "0000 0000"}), "不一致", status_code=422)
    assertContains(browser.post(heard, {"heard": "x"}), "数字0至9", status_code=422)
    assert PeerBook.load(court).identities("bank") == ()

    assertRedirects(browser.post(heard, {"heard": key.fingerprint[-8:]}), at_bank("peer"))
    assert Peer.objects.get(site="bank").state == PeerState.ACTIVE
    assertContains(browser.get(at_bank("peer")), bank.identity(AT).public.spoken)
    assertContains(browser.get(reverse("exchange:peers")), "交换中")


def test_a_file_that_is_no_introduction_is_refused_where_it_was_given(browser: Client) -> None:
    address = reverse("exchange:peer-introduce")

    assertContains(browser.post(address, uploaded(b"{}")), "不是介绍文件", status_code=422)
    assertContains(browser.post(address, {}), "请选择对方发来的介绍文件", status_code=422)
    assertContains(browser.get(address), "登记对方站点")


def test_a_key_is_declined_and_a_peer_suspended_and_resumed(browser: Client, bank: KeyRing) -> None:
    take_in(introduction_of(bank))
    (key,) = proposals("bank")
    assertRedirects(browser.post(at_bank("peer-decline-key", key.id)), at_bank("peer"))
    assert ProposedKey.objects.get().state == ProposalState.DECLINED

    take_in(introduction_of(bank))
    hear(key)
    browser.post(at_bank("peer-move"), {"move": "suspend"})
    assertContains(browser.get(at_bank("peer")), "恢复交换")
    browser.post(at_bank("peer-move"), {"move": "resume"})
    assertContains(browser.get(at_bank("peer")), "暂停交换")


def test_a_partner_is_permitted_a_type_on_its_page(browser: Client, bank: KeyRing) -> None:
    take_in(introduction_of(bank))
    word = {"type": ApplicationSubmitted.TYPE, "direction": "in", "allowed": "yes"}
    assertRedirects(browser.post(at_bank("peer-permit"), word), at_bank("peer"))

    assert PeerPermit.objects.get().allowed
    other = reverse("exchange:peer", args=["service"])
    assertContains(browser.get(other), "立案申请")
    assertNotContains(browser.get(other), "调整消息种类")


def test_a_pinned_key_is_revoked_after_the_box_was_ticked(
    browser: Client, bank: KeyRing, court: Path
) -> None:
    take_in(introduction_of(bank))
    key = hear(proposals("bank")[0]).key_id
    address = at_bank("peer-revoke-key")

    assertContains(browser.post(address, {"key_id": key}), "请先勾选确认", status_code=422)
    assertRedirects(browser.post(address, {"key_id": key, "revoke": "yes"}), at_bank("peer"))
    assert [each.revoked for each in PeerBook.load(court).identities("bank")] == [True]


def test_own_keys_are_shown_turned_and_handed_out(browser: Client, court: Path) -> None:
    address = reverse("exchange:keys")
    old = KeyRing.load(court).identity(AT).public
    assertContains(browser.get(address), old.spoken)
    early = {"valid_from": "2026-01-01", "algorithm": "national"}
    assertContains(browser.post(address, early), "至少在一天以后", status_code=422)
    assertContains(browser.post(address, {}), "请填写启用日期", status_code=422)

    coming = {"valid_from": f"{old.valid_to - WEEK:%Y-%m-%d}", "algorithm": "international"}
    assertRedirects(browser.post(address, coming), address)
    new = KeyRing.load(court).identities[-1].public
    assert new.algorithm == "international"
    assertContains(browser.get(address), "将启用的密钥")

    handed = read_introduction(browser.get(reverse("exchange:introduction")).content)
    assert {each.key_id for each in handed.keys} == {old.key_id, new.key_id}

    browser.post(reverse("exchange:revoke-key"), {"key_id": new.key_id, "revoke": "yes"})
    assertContains(browser.get(address), "已吊销的密钥")


PAGES = ("peers", "peer-introduce", "keys", "introduction")


@pytest.mark.parametrize("actor", [Actor.person(uuid7()), ANONYMOUS], ids=["person", "anonymous"])
def test_the_pages_are_for_operators_alone(browser: Client, actor: Actor) -> None:
    NOW[:] = [actor]

    answers = [browser.get(reverse(f"exchange:{name}")).status_code for name in PAGES]
    answers.append(browser.get(reverse("exchange:peer", args=["service"])).status_code)
    assert answers == [403] * 5


def test_an_operator_of_the_first_line_sees_and_decides_nothing(
    browser: Client, bank: KeyRing
) -> None:
    take_in(introduction_of(bank))
    (key,) = proposals("bank")
    NOW[:] = [
        Actor.staff(uuid7(), post_id=uuid7(), unit_id="C1", roles=frozenset({"tier1_operator"}))
    ]

    page = browser.get(at_bank("peer"))
    assertContains(page, "待核对的公钥")
    for words in ("登记公钥</", "吊销公钥", "暂停交换"):
        assertNotContains(page, words)
    confirmed = browser.post(at_bank("peer-confirm-key", key.id), {"heard": key.fingerprint[-8:]})
    assert confirmed.status_code == 403
    assert (
        browser.post(
            at_bank("peer-permit"), {"type": ApplicationSubmitted.TYPE, "direction": "in"}
        ).status_code
        == 403
    )
    assert ProposedKey.objects.get().state == ProposalState.PROPOSED


def test_a_stranger_is_not_found(browser: Client) -> None:
    assert browser.get(reverse("exchange:peer", args=["stranger"])).status_code == 404


def test_the_list_costs_the_same_for_one_peer_and_for_three(
    browser: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    Peer.objects.create(site="one")
    with django_assert_num_queries(COST):
        browser.get(reverse("exchange:peers"))

    for site in ("two", "three"):
        Peer.objects.create(site=site)
        ProposedKey.objects.create(
            peer=site, key_id=f"{site}.1", fingerprint="0" * 64, record={}, proposed_at=AT
        )
    with django_assert_num_queries(COST):
        browser.get(reverse("exchange:peers"))
