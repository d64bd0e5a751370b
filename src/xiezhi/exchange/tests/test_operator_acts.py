"""What operators may do: each act with a reason, a record, an audit entry, and its refusals."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone
from pytest_django.asserts import assertContains, assertRedirects

from xiezhi.exchange.actions.acknowledge_alarm import acknowledge_alarm
from xiezhi.exchange.actions.dismiss_quarantined import dismiss_quarantined
from xiezhi.exchange.actions.keep_alarms import keep_alarms
from xiezhi.exchange.actions.replay import replay
from xiezhi.exchange.actions.reseal import reseal
from xiezhi.exchange.actions.retry_now import retry_now
from xiezhi.exchange.models import Alarm, InboxMessage, Intervention, Quarantined
from xiezhi.exchange.refusals import (
    AlarmOver,
    AlreadyCleared,
    NotHeld,
    NothingToSendAgain,
    OutcomeKnown,
)
from xiezhi.exchange.states import AlarmKind
from xiezhi.exchange.tests.notes import AT, FAULTS, TESTER
from xiezhi.exchange.tests.pages import Pages, staff
from xiezhi.exchange.tests.peer import PeerSite
from xiezhi.exchange.tests.site import Site
from xiezhi.exchange.watch.finding import Finding
from xiezhi.foundation.errors import Forbidden, NotFound, Refusal
from xiezhi.foundation.ids import uuid7
from xiezhi.foundation.machine import MoveRefused
from xiezhi.foundation.transactions import acting
from xiezhi.security.audit.models import AuditEntry

WHY = "对方来电：昨晚断电，没有收到。"
OPERATOR = staff("tier1_operator")


def sent(site: Site, peer: PeerSite) -> UUID:
    message = site.post("sent")
    site.send()
    peer.collect()
    return message


def settled(site: Site, peer: PeerSite) -> UUID:
    message = sent(site, peer)
    peer.send(peer.acknowledge(peer.messages[message]))
    site.receive()
    return message


def held(site: Site, peer: PeerSite) -> UUID:
    FAULTS.add("broken")
    draft = peer.draft("broken")
    peer.send(peer.seal(draft).data)
    site.receive()
    return draft.id


def quarantined(site: Site, peer: PeerSite) -> UUID:
    peer.send(b"\x00 noise")
    site.receive()
    with acting(TESTER):
        return Quarantined.objects.get().pk


def alarm(site: Site) -> UUID:
    found = Finding(AlarmKind.DISK, "service", "磁盘只剩1MB。")
    with acting(TESTER):
        keep_alarms(peer="service", found=[found], at=site.now, actor=TESTER)
        return Alarm.objects.get().pk


def recorded() -> list[tuple[str, str, str]]:
    with acting(TESTER):
        return [(row.act, row.reason, row.by_name) for row in Intervention.objects.order_by("id")]


def audited() -> list[str]:
    with acting(TESTER):
        entries = AuditEntry.objects.filter(act__startswith="exchange.").order_by("id")
        return [entry.act for entry in entries]


def test_replay_sends_the_same_envelope_again(site: Site, peer: PeerSite, pages: Pages) -> None:
    message = sent(site, peer)
    before = bytes(site.message(message).envelope or b"")

    response = pages.post(f"messages/{message}/replay/", reason=WHY)
    site.now = timezone.now()
    site.send()
    peer.collect()

    page = f"/operations/exchange/messages/{message}/"
    assertRedirects(response, page, fetch_redirect_response=False)
    assert peer.copies == 2
    assert bytes(site.message(message).envelope or b"") == before
    assert recorded() == [("replay", WHY, "运维")]
    assert audited() == ["exchange.replay"]
    assertContains(pages.get(f"messages/{message}/"), WHY)


def test_reseal_makes_a_new_envelope_under_the_same_id(
    site: Site, peer: PeerSite, pages: Pages
) -> None:
    message = sent(site, peer)
    before = bytes(site.message(message).envelope or b"")

    pages.post(f"messages/{message}/reseal/", reason=WHY)
    site.send()
    peer.collect()

    assert list(peer.messages) == [message]
    assert peer.copies == 2
    assert bytes(site.message(message).envelope or b"") != before
    assert recorded() == [("reseal", WHY, "运维")]


def test_retry_applies_what_a_mended_program_can(site: Site, peer: PeerSite, pages: Pages) -> None:
    message = held(site, peer)
    FAULTS.clear()

    pages.post(f"messages/{message}/retry/", reason=WHY)
    site.now = timezone.now()
    site.receive()

    assert site.inbox() == [("applied", "")]
    assert recorded() == [("retry", WHY, "运维")]


def test_dismiss_takes_an_envelope_off_the_list_and_keeps_it(
    site: Site, peer: PeerSite, pages: Pages
) -> None:
    envelope = quarantined(site, peer)

    pages.post(f"quarantined/{envelope}/dismiss/", reason=WHY)

    assertContains(pages.get("queues/service/quarantined/"), "没有隔离的文件")
    assertContains(pages.get(f"quarantined/{envelope}/"), WHY)
    assert recorded() == [("dismiss", WHY, "运维")]


def test_an_alarm_in_hand_stays_open(site: Site, pages: Pages) -> None:
    taken = alarm(site)

    pages.post(f"alarms/{taken}/", reason=WHY)

    with acting(TESTER):
        row = Alarm.objects.get()
    assert (row.cleared_at, row.acknowledged_name) == (None, "运维")
    assertContains(pages.get("alarms/"), "运维，")
    assertContains(pages.get("interventions/"), WHY)


@pytest.mark.parametrize(("reason", "said"), [("", "请写明理由"), ("重发", "理由过于简单")])
def test_an_act_without_a_reason_is_asked_again(
    site: Site, peer: PeerSite, pages: Pages, reason: str, said: str
) -> None:
    message = sent(site, peer)

    response = pages.post(f"messages/{message}/replay/", reason=reason)

    assertContains(response, said, status_code=422)
    assert recorded() == []


def test_an_act_says_what_follows_before_it_is_done(
    site: Site, peer: PeerSite, pages: Pages
) -> None:
    message = sent(site, peer)

    response = pages.get(f"messages/{message}/replay/")

    assertContains(response, "不会办理两次")
    assert recorded() == []


def test_each_act_is_refused_to_others(site: Site, peer: PeerSite) -> None:
    judge = staff("filing_judge")
    message, kept, taken = sent(site, peer), held(site, peer), alarm(site)
    envelope = quarantined(site, peer)
    told: dict[str, Any] = {"reason": WHY, "actor": judge, "at": AT}

    with acting(TESTER):
        acts: list[Callable[[], object]] = [
            lambda: replay(message_id=message, **told),
            lambda: reseal(message_id=message, **told),
            lambda: retry_now(message_id=kept, **told),
            lambda: dismiss_quarantined(quarantined_id=envelope, **told),
            lambda: acknowledge_alarm(alarm_id=taken, **told),
        ]
        for act in acts:
            with pytest.raises(Forbidden):
                act()
    assert recorded() == []


def test_each_act_is_refused_where_it_changes_nothing(site: Site, peer: PeerSite) -> None:
    over, waiting = settled(site, peer), site.post("waiting", conversation="note:2")
    envelope, taken = quarantined(site, peer), alarm(site)
    draft = peer.draft("applied")
    peer.send(peer.seal(draft).data)
    site.receive()
    told: dict[str, Any] = {"reason": WHY, "actor": OPERATOR, "at": AT}

    with acting(OPERATOR):
        dismiss_quarantined(quarantined_id=envelope, **told)
        acknowledge_alarm(alarm_id=taken, **told)
        refused: list[tuple[type[Refusal], Callable[[], object]]] = [
            (NothingToSendAgain, lambda: replay(message_id=over, **told)),
            (NothingToSendAgain, lambda: replay(message_id=waiting, **told)),
            (OutcomeKnown, lambda: reseal(message_id=over, **told)),
            (MoveRefused, lambda: reseal(message_id=waiting, **told)),
            (NotHeld, lambda: retry_now(message_id=draft.id, **told)),
            (AlreadyCleared, lambda: dismiss_quarantined(quarantined_id=envelope, **told)),
            (AlarmOver, lambda: acknowledge_alarm(alarm_id=taken, **told)),
            (NotFound, lambda: replay(message_id=uuid7(), **told)),
            (NotFound, lambda: reseal(message_id=uuid7(), **told)),
            (NotFound, lambda: retry_now(message_id=uuid7(), **told)),
            (NotFound, lambda: dismiss_quarantined(quarantined_id=uuid7(), **told)),
            (NotFound, lambda: acknowledge_alarm(alarm_id=uuid7(), **told)),
        ]
        for refusal, act in refused:
            with pytest.raises(refusal):
                act()
    assert [each for each, _, _ in recorded()] == ["dismiss", "acknowledge"]


def test_a_held_message_stays_what_it_is_until_the_receiver_tries(
    site: Site, peer: PeerSite, pages: Pages
) -> None:
    message = held(site, peer)

    pages.post(f"messages/{message}/retry/", reason=WHY)

    with acting(TESTER):
        assert InboxMessage.objects.get(pk=message).state == "held"
