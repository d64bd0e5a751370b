"""The operators' page: is anything stuck, since when and why."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from xiezhi.exchange import roster
from xiezhi.exchange.forms import FindForm
from xiezhi.exchange.record_tables import problems
from xiezhi.exchange.states import AlarmKind
from xiezhi.exchange.views.doors import operators
from xiezhi.exchange.watch.counts import MOST, words
from xiezhi.exchange.watch.names import own_label, peer_label
from xiezhi.exchange.watch.overview import Glance, figures, glance
from xiezhi.exchange.watch.spans import span
from xiezhi.foundation.middleware import DoorRequest
from xiezhi.foundation.pages import render
from xiezhi.foundation.pages.components import NoticeBanner, Row, Stat
from xiezhi.foundation.pages.components.status import Tone

GRAVE: Final = frozenset({AlarmKind.SILENT, AlarmKind.TRAY, AlarmKind.DISK, AlarmKind.RECOVERY})


@operators
@require_GET
def console(request: DoorRequest) -> HttpResponse:
    """Show how the exchange with every peer stands. Refuses: ``Forbidden`` unless an operator."""
    at = timezone.now()
    glances = [glance(request.actor, peer, at) for peer in roster.peers()]
    found = [each for one in glances for each in one.problems]
    context = {
        "own": own_label(),
        "at": at,
        "verdict": verdict(glances),
        "problems": problems(found, at) if found else "",
        "peers": [
            {
                "site": one.site,
                "label": peer_label(one.site),
                "stuck": len(one.problems),
                "stats": stats(one, at),
                "figures": [
                    Row(label=each.label, value=each.value, note=each.note)
                    for each in figures(one.facts)
                ],
            }
            for one in glances
        ],
    }
    block = "board" if request.headers.get("HX-Request") else None
    return render(request, "exchange/console.html", context, block=block)


@operators
@require_GET
def find(request: DoorRequest) -> HttpResponse:
    """Lead to the page of the message whose number was typed."""
    form = FindForm(request.GET)
    if not form.is_valid():
        messages.error(request, "消息编号的格式不对，应为32位十六进制数，可以带连字符。")
        return redirect("exchange:console")
    return redirect("exchange:message", message_id=form.cleaned_data["q"])


def verdict(glances: list[Glance]) -> NoticeBanner:
    """Say in one sentence whether anything is stuck."""
    found = [each.found for one in glances for each in one.problems]
    if not glances:
        return NoticeBanner(text="本站点没有登记对方站点，没有需要收发的消息。", tone="plain")
    if found:
        gravest = next((each for each in found if each.kind in GRAVE), found[0])
        more = f"另有{len(found) - 1}项，见下表。" if len(found) > 1 else ""
        return NoticeBanner(
            title=f"有{len(found)}项需要处理：{gravest.kind.label}",
            text=gravest.text + more,
            tone="alarm",
        )
    moving = sum(one.waiting + one.unacknowledged + one.held for one in glances)
    if moving:
        return NoticeBanner(
            title="没有消息卡住",
            text=f"有{words(moving)}条消息正在收发，都在规定时间以内，不需要人工处理。",
            tone="done",
        )
    return NoticeBanner(
        title="没有消息卡住", text="发出的消息都已有回执，收到的消息都已办理。", tone="done"
    )


def stats(one: Glance, at: datetime) -> list[Stat]:
    """Give the figures that are compared, each leading to its list."""
    stuck = {each.found.queue for each in one.problems}
    oldest = span(at - one.oldest.posted_at, shown=1) if one.oldest else "无"
    counts = (
        ("waiting", "等待发出", one.waiting, "条"),
        ("unacknowledged", "已发出，未回执", one.unacknowledged, "条"),
        ("held", "暂存", one.held, "条"),
        ("quarantined", "隔离", one.quarantined, "份"),
        ("attachments", "附件等待发出", one.attachments, "份"),
    )
    late: Tone = "alarm" if stuck & {"waiting", "unacknowledged"} else "plain"
    shown = [
        Stat(
            label=label,
            value=words(count) if count >= MOST else count,
            unit=unit,
            tone="alarm" if queue in stuck else ("wait" if count else "plain"),
            url=reverse("exchange:queue", args=[one.site, queue]),
        )
        for queue, label, count, unit in counts
    ]
    url = reverse("exchange:message", args=[one.oldest.message_id]) if one.oldest else ""
    shown.insert(2, Stat(label="最早未回执", value=oldest, tone=late, url=url))
    return shown
