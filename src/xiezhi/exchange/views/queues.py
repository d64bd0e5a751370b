"""One queue of one peer, page by page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import QuerySet
from django.http import HttpResponse
from django.views.decorators.http import require_GET

from xiezhi.exchange import queries, roster
from xiezhi.exchange.states import Hold, QuarantineReason
from xiezhi.exchange.tables import TABLES
from xiezhi.exchange.views.doors import operators
from xiezhi.exchange.watch.counts import MOST, QueuePages
from xiezhi.exchange.watch.names import peer_label
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.errors import NotFound
from xiezhi.foundation.middleware import DoorRequest
from xiezhi.foundation.pages import render
from xiezhi.foundation.pages.components import Pagination


@dataclass(frozen=True, slots=True)
class Queue:
    """A list of messages: its name, what it means, its rows, and what it can be narrowed by."""

    title: str
    note: str
    rows: Callable[[Actor, str], QuerySet[Any]]
    field: str = ""
    reasons: tuple[tuple[str, str], ...] = ()


QUEUES: Final = {
    "waiting": Queue("等待发出", "按写入的先后封装、发出，不需要人工办理。", queries.waiting_for),
    "unacknowledged": Queue(
        "已发出，未回执",
        "到时没有回执会自动重发；对方暂存的也列在这里。",
        queries.unacknowledged_for,
    ),
    "held": Queue(
        "暂存的消息",
        "已收到并核验，等条件具备后自动办理；只影响同一往来中的后续消息。",
        queries.held_for,
        "reason",
        tuple(Hold.choices),
    ),
    "quarantined": Queue(
        "隔离的文件",
        "没有通过核验，不会办理；对方会重新封装发送，完整收到后自动消除。",
        queries.quarantined_for,
        "fault",
        tuple(QuarantineReason.choices),
    ),
    "attachments": Queue(
        "等待发出的附件",
        "附件另行传输，不会挡住消息；对方没有收到的会自动重发。",
        queries.attachments_for,
    ),
    "returned": Queue(
        "恢复后交还的消息",
        "本站点从备份恢复时遗失、由对方交还的办理记录，对方已经据此办理。"
        "请逐条通知业务部门核对、补录，然后登记核对结果。",
        queries.returned_for,
    ),
}


@operators
@require_GET
def queue(request: DoorRequest, peer: str, name: str) -> HttpResponse:
    """Show one page of a queue, of one reason if asked. Refuses: ``NotFound``, ``Forbidden``."""
    if peer not in roster.peers() or name not in QUEUES:
        raise NotFound
    shown = QUEUES[name]
    reason = request.GET.get("reason", "")
    label = dict(shown.reasons).get(reason, "")
    rows = shown.rows(request.actor, peer)
    page = QueuePages(rows.filter(**{shown.field: reason}) if label else rows).get_page(
        request.GET.get("page")
    )
    pagination = Pagination(
        page=page.number,
        pages=page.paginator.num_pages,
        total=page.paginator.count,
        query=[("reason", reason)] if label else [],
    )
    context = {
        "queue": shown,
        "name": name,
        "peer": peer,
        "label": peer_label(peer),
        "narrowed": label,
        "many": page.paginator.count >= MOST,
        "table": TABLES[name](list(page.object_list), pagination),
    }
    return render(request, "exchange/queue.html", context)
