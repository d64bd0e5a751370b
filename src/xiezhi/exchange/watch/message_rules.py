"""Rules about messages: late, stuck, held, quarantined."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from django.db.models import Count, Min

from xiezhi.exchange.limits import alarm_after
from xiezhi.exchange.models import InboxMessage, OutboxMessage, Quarantined
from xiezhi.exchange.states import AlarmKind, Hold, InboxState, OutboxState, QuarantineReason
from xiezhi.exchange.watch.delay import oldest_under_way
from xiezhi.exchange.watch.finding import Finding
from xiezhi.exchange.watch.spans import span

# What time mends by itself, and what it does not.
WAITS: Final = frozenset({Hold.PREDECESSOR, Hold.DEPENDENCY, Hold.ATTACHMENT})
FAULTS: Final = frozenset(
    {
        Hold.UNKNOWN_TYPE,
        Hold.UNKNOWN_VERSION,
        Hold.NO_HANDLER,
        Hold.SCHEMA,
        Hold.HANDLER,
        Hold.POSITION,
    }
)
_WHERE: Final = {
    OutboxState.PENDING: "还没有封装",
    OutboxState.SEALED: "已封装，还没有发出",
    OutboxState.SENT: "已发出，还没有回执",
}


def unacknowledged(peer: str, at: datetime) -> Iterator[Finding]:
    """Find that the oldest message of ours is too old."""
    oldest = oldest_under_way(peer)
    if oldest is None or oldest.posted_at > at - alarm_after():
        return
    yield Finding(
        AlarmKind.UNACKNOWLEDGED,
        peer,
        f"最早的一条{_WHERE[oldest.state]}，已过{span(at - oldest.posted_at)}。",
        since=oldest.posted_at,
        message_id=oldest.message_id,
        queue="unacknowledged" if oldest.state is OutboxState.SENT else "waiting",
    )


def not_leaving(peer: str, at: datetime) -> Iterator[Finding]:
    """Find messages that could not be sealed."""
    del at
    stuck = OutboxMessage.objects.filter(
        dst=peer, state=OutboxState.PENDING, due_at__isnull=False
    ).exclude(reason="")
    found = stuck.aggregate(count=Count("id"), since=Min("posted_at"))
    if found["count"]:
        yield Finding(
            AlarmKind.NOT_LEAVING,
            peer,
            f"有{found['count']}条消息不能封装，需要检查程序和密钥。",
            since=found["since"],
            count=found["count"],
            queue="waiting",
        )


def held(peer: str, at: datetime) -> Iterator[Finding]:
    """Find messages held for a program's sake, and messages that wait for too long."""
    rows = InboxMessage.objects.filter(src=peer, state=InboxState.HELD)
    groups = rows.order_by().values("reason").annotate(n=Count("id"), since=Min("received_at"))
    for group in groups.order_by("reason"):
        if group["reason"] not in Hold.values:
            continue
        reason, count, since = Hold(group["reason"]), group["n"], group["since"]
        if reason in FAULTS:
            kind, text = AlarmKind.HELD_FAULT, f"有{count}条消息暂存：{reason.label}。"
        elif reason in WAITS and since <= at - alarm_after():
            text = f"有{count}条消息暂存：{reason.label}，最早的已等{span(at - since)}。"
            kind = AlarmKind.HELD_LONG
        else:
            continue
        yield Finding(kind, peer, text, since=since, subject=reason, count=count, queue="held")


def quarantined(peer: str, at: datetime) -> Iterator[Finding]:
    """Find what failed a check and has not come whole since."""
    del at
    rows = Quarantined.objects.filter(src=peer, cleared_at__isnull=True)
    groups = rows.order_by().values("fault").annotate(n=Count("id"), since=Min("received_at"))
    for group in groups.order_by("fault"):
        label = QuarantineReason(group["fault"]).label
        yield Finding(
            AlarmKind.QUARANTINED,
            peer,
            f"有{group['n']}份文件被隔离：{label}。",
            since=group["since"],
            subject=group["fault"],
            count=group["n"],
            queue="quarantined",
        )
