"""The tables of what is wrong, of alarms and of what operators did."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse

from xiezhi.exchange.models import Alarm, Intervention
from xiezhi.exchange.watch.names import peer_label
from xiezhi.exchange.watch.overview import Problem
from xiezhi.exchange.watch.spans import span
from xiezhi.foundation.pages.components import Button, StatusChip
from xiezhi.foundation.pages.components.base import Content
from xiezhi.foundation.pages.components.status import EmptyState
from xiezhi.foundation.pages.components.tables import Column, DataTable, Pagination, TableRow
from xiezhi.foundation.pages.formats import moment


def problems(rows: Sequence[Problem], at: datetime) -> DataTable:
    """Show what is wrong now; the first cell leads to where it can be looked into."""
    return DataTable(
        caption="需要处理的情况",
        columns=[
            Column(label="情况"),
            Column(label="对方站点", wrap=False),
            Column(label="已持续", wrap=False),
            Column(label="接手", wrap=False),
        ],
        rows=[_problem(each, at) for each in rows],
        empty=EmptyState(title="没有需要处理的情况", icon="circle-check"),
    )


def _problem(problem: Problem, at: datetime) -> TableRow:
    found, alarm = problem.found, problem.alarm
    since = found.since or (alarm.raised_at if alarm else None)
    url = ""
    if found.queue:
        url = reverse("exchange:queue", args=[found.peer, found.queue])
        if found.subject:
            url += f"?reason={found.subject}"
    return TableRow(
        cells=[
            f"{found.kind.label}：{found.text}",
            peer_label(found.peer),
            span(at - since) if since else "刚刚发现",
            _hand(alarm),
        ],
        url=url,
        alarm=True,
    )


def _hand(alarm: Alarm | None) -> Content:
    if alarm is None:
        return "尚未报警"
    if alarm.acknowledged_at is not None:
        return StatusChip(label=alarm.acknowledged_name or "已接手", tone="lead", icon="user")
    return Button(label="接手处理", url=reverse("exchange:alarm", args=[alarm.pk]))


def alarms(rows: Sequence[Alarm], pagination: Pagination) -> DataTable:
    """Show alarms; an open one leads to the page on which it is taken in hand."""
    return DataTable(
        caption="报警记录",
        columns=[
            Column(label="报警"),
            Column(label="对方站点", wrap=False),
            Column(label="开始", wrap=False),
            Column(label="状态"),
            Column(label="接手"),
        ],
        rows=[_alarm(row) for row in rows],
        empty=EmptyState(
            title="没有报警",
            text="交换程序每隔几秒检查一次；发现问题会列在这里，问题消除后自动结束。",
            icon="bell",
        ),
        pagination=pagination,
    )


def _alarm(row: Alarm) -> TableRow:
    cleared = row.cleared_at
    state: Content = StatusChip(label="未消除", tone="alarm")
    if cleared is not None:
        state = f"已消除，持续{span(cleared - row.raised_at)}"
    hand = "—"
    if row.acknowledged_at is not None:
        hand = f"{row.acknowledged_name}，{moment(row.acknowledged_at)}"
    takeable = cleared is None and row.acknowledged_at is None
    return TableRow(
        cells=[
            f"{row.get_kind_display()}：{row.text}",
            peer_label(row.peer),
            moment(row.raised_at),
            state,
            hand,
        ],
        url=reverse("exchange:alarm", args=[row.pk]) if takeable else "",
        alarm=cleared is None,
    )


def interventions(rows: Sequence[Intervention], pagination: Pagination | None = None) -> DataTable:
    """Show what operators did and why."""
    return DataTable(
        caption="处置记录",
        columns=[
            Column(label="处置", wrap=False),
            Column(label="对象编号"),
            Column(label="理由"),
            Column(label="办理人", wrap=False),
            Column(label="时间", wrap=False),
        ],
        rows=[
            TableRow(
                cells=[
                    row.get_act_display(),
                    str(row.subject_id),
                    row.reason,
                    row.by_name,
                    moment(row.at),
                ]
            )
            for row in rows
        ],
        empty=EmptyState(
            title="没有处置记录", text="再次发送、重新封装等操作会记在这里。", icon="history"
        ),
        pagination=pagination,
    )
