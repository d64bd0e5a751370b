"""What is found wrong, when an alarm is raised, and when it clears by itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries, Settings

from xiezhi.exchange.actions.note_sight import Sight, note_sight
from xiezhi.exchange.envelope.header import Outcome
from xiezhi.exchange.models import Alarm, OutboxMessage, PeerSight
from xiezhi.exchange.processes.watcher import Watcher, sight_over
from xiezhi.exchange.states import AlarmKind
from xiezhi.exchange.tests.notes import AT, FAULTS, TESTER
from xiezhi.exchange.tests.peer import PeerSite
from xiezhi.exchange.tests.site import Site
from xiezhi.exchange.watch.delay import delayed_peers
from xiezhi.exchange.watch.findings import findings
from xiezhi.exchange.watch.spans import span
from xiezhi.foundation.transactions import acting

MINUTES = timedelta(minutes=1)


def found(at: datetime, **seen: Any) -> list[tuple[str, str]]:
    """Give kinds and subjects of what is wrong at ``at``, when the process has just looked."""
    with acting(TESTER):
        note_sight(peer="service", sight=Sight(**seen), at=at, actor=TESTER)
        return [(each.kind, each.subject) for each in findings("service", at)]


def test_nothing_is_wrong_with_a_quiet_exchange(site: Site) -> None:
    assert found(AT) == []


@pytest.mark.parametrize("moved", [lambda _: None, Site.send])
def test_a_message_without_receipt_is_found_after_ten_minutes(
    site: Site, moved: Callable[[Site], None]
) -> None:
    site.post("under way")
    moved(site)

    assert found(timezone.now() + 9 * MINUTES) == []
    assert found(timezone.now() + 11 * MINUTES) == [(AlarmKind.UNACKNOWLEDGED, "")]


def test_the_minutes_are_a_setting(site: Site, settings: Settings) -> None:
    settings.XIEZHI_EXCHANGE_ALARM_MINUTES = 60
    site.post("under way")

    assert found(timezone.now() + 59 * MINUTES) == []


def test_what_the_peer_holds_has_arrived(site: Site, peer: PeerSite) -> None:
    message = site.post("sent")
    site.send()
    peer.collect()
    peer.send(peer.acknowledge(peer.messages[message], Outcome.HELD, "unknown-type"))
    site.receive()

    assert found(timezone.now() + 11 * MINUTES) == []


def test_a_message_that_cannot_be_sealed_is_found_at_once(site: Site) -> None:
    message = site.post("broken")
    with acting(TESTER):
        OutboxMessage.objects.filter(pk=message).update(attachments=[{"id": "no id"}])
    site.send()

    with acting(TESTER):
        OutboxMessage.objects.filter(pk=message).update(attachments=[])
    assert found(timezone.now()) == [(AlarmKind.NOT_LEAVING, "")]


def test_a_message_held_for_a_programs_sake_is_found_at_once(site: Site, peer: PeerSite) -> None:
    FAULTS.add("broken")
    peer.send(peer.seal(peer.draft("broken")).data)
    site.receive()

    assert found(AT) == [(AlarmKind.HELD_FAULT, "handler")]


def test_a_message_that_waits_for_another_is_found_after_ten_minutes(
    site: Site, peer: PeerSite
) -> None:
    peer.send(peer.seal(peer.draft("early", position=2)).data)
    site.receive()

    assert found(AT + 9 * MINUTES) == []
    assert found(AT + 10 * MINUTES) == [(AlarmKind.HELD_LONG, "predecessor")]


def test_what_failed_a_check_is_found_by_its_fault(site: Site, peer: PeerSite) -> None:
    peer.send(b"\x00 noise")
    site.receive()

    assert found(AT) == [(AlarmKind.QUARANTINED, "container")]


@pytest.mark.parametrize(
    ("seen", "kind"),
    [
        ({"disk_free": 1 << 20}, AlarmKind.DISK),
        ({"backlog_files": 1000}, AlarmKind.BACKLOG),
        ({"way_fault": "Permission denied"}, AlarmKind.TRAY),
        ({"ferry_trouble": "court/out/service ENOSPC"}, AlarmKind.FERRY),
        ({"ferry_at": AT - 2 * MINUTES}, AlarmKind.FERRY),
        ({"ferry_at": AT, "clock_skew": -45.0}, AlarmKind.CLOCK),
    ],
)
def test_what_the_process_saw_of_the_way_is_found(
    site: Site, seen: dict[str, object], kind: AlarmKind
) -> None:
    assert found(AT, **seen) == [(kind, "")]


def test_a_good_way_is_no_finding(site: Site) -> None:
    sight: dict[str, Any] = {
        "disk_free": 1 << 40,
        "backlog_files": 999,
        "ferry_at": AT,
        "clock_skew": 29.0,
    }

    assert found(AT, **sight) == []


def test_a_process_that_has_not_looked_for_a_minute_is_found(site: Site) -> None:
    assert found(AT) == []
    with acting(TESTER):
        kinds = [each.kind for each in findings("service", AT + 2 * MINUTES)]

    assert kinds == [AlarmKind.SILENT]


def test_keys_without_a_successor_are_found_a_month_before_they_end(site: Site) -> None:
    both = [(AlarmKind.KEY, "本站点"), (AlarmKind.KEY, "对方")]

    assert found(datetime(2029, 1, 20, tzinfo=UTC)) == []
    assert found(datetime(2029, 2, 20, tzinfo=UTC)) == both
    assert found(datetime(2029, 4, 1, tzinfo=UTC)) == both


@pytest.fixture
def watcher(site: Site, spool: Path) -> Watcher:
    return Watcher(lambda _: Sight(), ["service"], lambda: site.now)


def alarms() -> list[tuple[str, int, bool]]:
    with acting(TESTER):
        rows = Alarm.objects.order_by("id")
        return [(row.kind, row.count, row.cleared_at is None) for row in rows]


def test_an_alarm_is_raised_once_and_clears_when_its_cause_is_gone(
    site: Site, peer: PeerSite, watcher: Watcher
) -> None:
    draft = peer.draft("first")
    for _ in range(2):
        peer.send(peer.seal(draft).data[:-1] + b"\x00")
    site.receive()

    watcher.tick()
    watcher.tick()
    assert alarms() == [("quarantined", 2, True)]

    peer.send(peer.seal(draft).data)
    site.receive()
    site.receiver.sweep("service")
    watcher.tick()
    assert alarms() == [("quarantined", 2, False)]


def test_what_is_wrong_again_is_a_new_alarm(site: Site, peer: PeerSite, watcher: Watcher) -> None:
    for number in range(2):
        draft = peer.draft(f"again {number}", conversation=f"note:{number}")
        peer.send(peer.seal(draft).data[:-1] + b"\x00")
        site.receive()
        watcher.tick()
        peer.send(peer.seal(draft).data)
        site.receive()
        site.receiver.sweep("service")
        watcher.tick()

    assert alarms() == [("quarantined", 1, False)] * 2


def test_the_watcher_notes_what_it_sees(site: Site, settings: Settings, spool: Path) -> None:
    settings.XIEZHI_HOME = spool.parent
    site.post("under way")
    while site.relay.tick():
        pass

    Watcher(sight_over(site.transport), ["service"], lambda: site.now).tick()

    with acting(TESTER):
        row = PeerSight.objects.get()
    assert (row.peer, row.seen_at, row.backlog_files, row.way_fault) == ("service", AT, 1, "")
    assert row.disk_free


def test_a_missing_tray_is_seen(site: Site, settings: Settings, spool: Path) -> None:
    settings.XIEZHI_HOME = spool.parent
    (spool / "court/out/service").rmdir()

    assert sight_over(site.transport)("service").way_fault == "No such file or directory"


def test_people_are_told_of_a_delay_after_five_minutes(
    site: Site, settings: Settings, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    settings.XIEZHI_PEERS = ["service", "bank"]
    message = site.post("late")
    assert delayed_peers() == []
    with acting(TESTER):
        late = timezone.now() - timedelta(seconds=301)
        OutboxMessage.objects.filter(pk=message).update(posted_at=late)

    with django_assert_num_queries(1):
        assert delayed_peers() == ["service"]

    settings.XIEZHI_EXCHANGE_BANNER_SECONDS = 3600
    assert delayed_peers() == []


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(seconds=0.5), "不到1秒"),
        (timedelta(seconds=-5), "不到1秒"),
        (timedelta(seconds=59), "59秒"),
        (timedelta(minutes=5, seconds=20), "5分钟20秒"),
        (timedelta(hours=2), "2小时"),
        (timedelta(hours=2, seconds=9), "2小时"),
        (timedelta(days=3, hours=4, minutes=5), "3天4小时"),
    ],
)
def test_spans_are_said_by_their_two_largest_units(length: timedelta, words: str) -> None:
    assert span(length) == words
