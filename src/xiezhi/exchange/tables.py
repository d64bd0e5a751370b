"""The tables of the operators' page."""

from __future__ import annotations

from collections.abc import Sequence

from xiezhi.exchange.models import InboxMessage, OutboxMessage, Quarantined
from xiezhi.exchange.queries import Overview
from xiezhi.foundation.pages.components.status import EmptyState
from xiezhi.foundation.pages.components.tables import Column, DataTable, TableRow
from xiezhi.foundation.pages.formats import file_size, moment

MANY_ATTEMPTS = 3


def tables_of(overview: Overview) -> dict[str, DataTable]:
    """Give the four tables of one peer, by name."""
    return {
        "held": _held(overview.held),
        "quarantined": _quarantined(overview.quarantined),
        "unacknowledged": _unacknowledged(overview.unacknowledged),
        "waiting": _waiting(overview.waiting),
    }


def _held(rows: Sequence[InboxMessage]) -> DataTable:
    return DataTable(
        caption="暂存的消息",
        columns=[
            Column(label="消息种类", wrap=False),
            Column(label="所属往来"),
            Column(label="序号", align="right"),
            Column(label="原因"),
            Column(label="收到时间"),
        ],
        rows=[
            TableRow(
                cells=[
                    row.type,
                    row.conversation,
                    str(row.position),
                    row.reason_label,
                    moment(row.received_at),
                ],
                alarm=True,
            )
            for row in rows
        ],
        empty=EmptyState(title="没有暂存的消息", icon="inbox"),
    )


def _quarantined(rows: Sequence[Quarantined]) -> DataTable:
    return DataTable(
        caption="隔离的文件",
        columns=[
            Column(label="原因"),
            Column(label="自称的消息编号"),
            Column(label="大小", align="right"),
            Column(label="收到时间"),
        ],
        rows=[
            TableRow(
                cells=[
                    row.get_fault_display(),
                    str(row.claimed_id) if row.claimed_id else "无法读取",
                    file_size(row.size),
                    moment(row.received_at),
                ],
                alarm=True,
            )
            for row in rows
        ],
        empty=EmptyState(title="没有隔离的文件", icon="shield-check"),
    )


def _unacknowledged(rows: Sequence[OutboxMessage]) -> DataTable:
    return DataTable(
        caption="已发出，未回执",
        columns=[
            Column(label="消息种类", wrap=False),
            Column(label="所属往来"),
            Column(label="发送次数", align="right"),
            Column(label="对方答复"),
            Column(label="最近发出"),
            Column(label="下次重发"),
        ],
        rows=[
            TableRow(
                cells=[
                    row.type,
                    row.conversation,
                    str(row.attempts),
                    row.outcome_label or "尚无回执",
                    moment(row.sent_at),
                    moment(row.due_at),
                ],
                alarm=row.attempts > MANY_ATTEMPTS,
            )
            for row in rows
        ],
        empty=EmptyState(title="发出的消息都已有回执", icon="circle-check"),
    )


def _waiting(rows: Sequence[OutboxMessage]) -> DataTable:
    return DataTable(
        caption="等待发出",
        columns=[
            Column(label="消息种类", wrap=False),
            Column(label="所属往来"),
            Column(label="状态"),
            Column(label="说明"),
            Column(label="提交时间"),
        ],
        rows=[
            TableRow(
                cells=[
                    row.type,
                    row.conversation,
                    row.get_state_display(),
                    row.outcome_label or "按顺序发出",
                    moment(row.posted_at),
                ]
            )
            for row in rows
        ],
        empty=EmptyState(title="没有等待发出的消息", icon="send"),
    )
