"""The figures of the exchange as a monitoring system reads them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.db.models import Count
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector
from typing_extensions import override

from xiezhi.exchange.models import (
    Alarm,
    InboxMessage,
    OutboxAttachment,
    OutboxMessage,
    Peer,
    PeerSight,
    Quarantined,
)
from xiezhi.exchange.states import AttachmentState, InboxState, OutboxState
from xiezhi.exchange.watch.counts import capped
from xiezhi.exchange.watch.delay import oldest_under_way

Metric = GaugeMetricFamily | CounterMetricFamily
Value = float | int | None
PREFIX: Final = "xiezhi_exchange_"


class ExchangeCollector(Collector):
    """The figures of every peer at one instant. The caller holds the transaction."""

    def __init__(self, peers: Sequence[str], at: datetime) -> None:
        """Keep whom to tell of and when."""
        self._peers, self._at = peers, at

    @override
    def collect(self) -> Iterator[Metric]:
        """Read and tell. Units: seconds, bytes; queues are counted up to ten thousand."""
        yield from _by_peer(self._figures())
        for name, words, label, rows in _groups():
            family = GaugeMetricFamily(PREFIX + name, words, labels=("peer", label))
            for peer, kind, count in rows:
                family.add_metric((peer, kind), count)
            yield family

    def _figures(self) -> list[tuple[str, dict[str, Value]]]:
        records = {row.site: row for row in Peer.objects.filter(site__in=self._peers)}
        sights = {row.peer: row for row in PeerSight.objects.filter(peer__in=self._peers)}
        return [
            (
                peer,
                _queues(peer)
                | _oldest(peer, self._at)
                | _marks(records.get(peer), self._at)
                | _sight(sights.get(peer), self._at),
            )
            for peer in self._peers
        ]


WORDS: Final = {
    "waiting_messages": "Messages of ours that have not left",
    "unacknowledged_messages": "Messages of ours that left and whose outcome is open",
    "waiting_attachments": "Attachments of ours that have not left",
    "lag_seconds": "Age of the oldest message of ours that is not acknowledged; 0 if none",
    "heard_seconds": "Time since a message of the peer came",
    "sealed_total": "Numbers given to envelopes towards the peer in our epoch",
    "received_highest": "Highest number that came in the peer's epoch",
    "epoch_out": "Our epoch towards the peer",
    "epoch_in": "The peer's epoch",
    "watched_seconds": "Time since the exchange process looked last",
    "disk_free_bytes": "Room on the disk of the spool",
    "backlog_files": "Files in our out tray that nobody has taken",
    "backlog_bytes": "Bytes in our out tray that nobody has taken",
    "ferry_seconds": "Time since the ferry was heard of",
    "ferry_clock_skew_seconds": "By how much the ferry's clock is ahead of ours",
}


def _by_peer(figures: Sequence[tuple[str, Mapping[str, Value]]]) -> Iterator[Metric]:
    for name, words in WORDS.items():
        counter = name.endswith("_total")
        kind: Callable[..., Metric] = CounterMetricFamily if counter else GaugeMetricFamily
        family = kind(PREFIX + name, words, labels=("peer",))
        for peer, values in figures:
            value = values.get(name)
            if value is not None:
                family.add_metric((peer,), value)
        yield family


def _queues(peer: str) -> dict[str, Value]:
    ours = OutboxMessage.objects.filter(dst=peer)
    waiting = (OutboxState.PENDING, OutboxState.SEALED)
    return {
        "waiting_messages": capped(ours.filter(state__in=waiting)),
        "unacknowledged_messages": capped(ours.filter(due_at__isnull=False, sent_at__isnull=False)),
        "waiting_attachments": capped(
            OutboxAttachment.objects.filter(dst=peer, state=AttachmentState.PENDING)
        ),
    }


def _oldest(peer: str, at: datetime) -> dict[str, Value]:
    oldest = oldest_under_way(peer)
    return {"lag_seconds": (at - oldest.posted_at).total_seconds() if oldest else 0}


def _marks(record: Peer | None, at: datetime) -> dict[str, Value]:
    if record is None:
        return {}
    return {
        "heard_seconds": _since(record.heard_at, at),
        "sealed_total": record.next_sequence - 1,
        "received_highest": record.highest_in,
        "epoch_out": record.epoch_out,
        "epoch_in": record.epoch_in,
    }


def _sight(sight: PeerSight | None, at: datetime) -> dict[str, Value]:
    if sight is None:
        return {}
    return {
        "watched_seconds": _since(sight.seen_at, at),
        "disk_free_bytes": sight.disk_free,
        "backlog_files": sight.backlog_files,
        "backlog_bytes": sight.backlog_bytes,
        "ferry_seconds": _since(sight.ferry_at, at),
        "ferry_clock_skew_seconds": sight.clock_skew,
    }


def _since(then: datetime | None, at: datetime) -> float | None:
    return (at - then).total_seconds() if then else None


def _groups() -> Iterator[tuple[str, str, str, Any]]:
    held = InboxMessage.objects.filter(state=InboxState.HELD)
    failed = Quarantined.objects.filter(cleared_at__isnull=True)
    alarms = Alarm.objects.filter(cleared_at__isnull=True)
    for name, words, label, rows, fields in (
        ("held_messages", "Messages of a peer that are held", "reason", held, ("src", "reason")),
        (
            "quarantined_envelopes",
            "Envelopes that failed a check",
            "fault",
            failed,
            ("src", "fault"),
        ),
        ("alarms", "Open alarms", "kind", alarms, ("peer", "kind")),
    ):
        counted = rows.order_by(*fields).values(*fields).annotate(n=Count("id"))
        yield name, words, label, counted.values_list(*fields, "n")
