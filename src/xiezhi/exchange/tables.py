"""The tables of the operators' pages: one for each queue."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from django.urls import reverse

from xiezhi.exchange.models import (
    InboxMessage,
    OutboxAttachment,
    OutboxMessage,
    Quarantined,
    RecoveredAct,
)
from xiezhi.exchange.watch.names import conversation_label, type_label
from xiezhi.foundation.pages.components.status import EmptyState
from xiezhi.foundation.pages.components.tables import Column, DataTable, Pagination, TableRow
from xiezhi.foundation.pages.formats import file_size, moment

MANY_ATTEMPTS = 3

TableOf = Callable[[Sequence[Any], Pagination | None], DataTable]


def _message_url(row: InboxMessage | OutboxMessage) -> str:
    return reverse("exchange:message", args=[row.pk])


def held(rows: Sequence[InboxMessage], pagination: Pagination | None = None) -> DataTable:
    """Show messages of a peer that are kept until they can be dealt with."""
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
                    type_label(row.type),
                    conversation_label(row.conversation),
                    str(row.position),
                    row.reason_label,
                    moment(row.received_at),
                ],
                url=_message_url(row),
                alarm=True,
            )
            for row in rows
        ],
        empty=EmptyState(title="没有暂存的消息", text="收到的消息都已办理。", icon="circle-check"),
        pagination=pagination,
    )


def quarantined(rows: Sequence[Quarantined], pagination: Pagination | None = None) -> DataTable:
    """Show envelopes that failed a check."""
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
                url=reverse("exchange:quarantined", args=[row.pk]),
                alarm=True,
            )
            for row in rows
        ],
        empty=EmptyState(
            title="没有隔离的文件", text="收到的文件都通过了核验。", icon="shield-check"
        ),
        pagination=pagination,
    )


def unacknowledged(
    rows: Sequence[OutboxMessage], pagination: Pagination | None = None
) -> DataTable:
    """Show messages of ours whose outcome is open."""
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
                    type_label(row.type),
                    conversation_label(row.conversation),
                    str(row.attempts),
                    row.outcome_label or "尚无回执",
                    moment(row.sent_at),
                    moment(row.due_at),
                ],
                url=_message_url(row),
                alarm=row.attempts > MANY_ATTEMPTS,
            )
            for row in rows
        ],
        empty=EmptyState(title="发出的消息都已有回执", icon="circle-check"),
        pagination=pagination,
    )


def waiting(rows: Sequence[OutboxMessage], pagination: Pagination | None = None) -> DataTable:
    """Show messages of ours that have not left."""
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
                    type_label(row.type),
                    conversation_label(row.conversation),
                    row.get_state_display(),
                    row.outcome_label or "按顺序发出",
                    moment(row.posted_at),
                ],
                url=_message_url(row),
                alarm=bool(row.reason) and not row.outcome,
            )
            for row in rows
        ],
        empty=EmptyState(title="没有等待发出的消息", icon="send"),
        pagination=pagination,
    )


def attachments(
    rows: Sequence[OutboxAttachment], pagination: Pagination | None = None
) -> DataTable:
    """Show attachments of ours that have not left."""
    return DataTable(
        caption="等待发出的附件",
        columns=[
            Column(label="附件编号"),
            Column(label="状态"),
            Column(label="已发送次数", align="right"),
        ],
        rows=[
            TableRow(cells=[str(row.blob_id), row.get_state_display(), str(row.attempts)])
            for row in rows
        ],
        empty=EmptyState(title="没有等待发出的附件", icon="paperclip"),
        pagination=pagination,
    )


def returned(rows: Sequence[RecoveredAct], pagination: Pagination | None = None) -> DataTable:
    """Show acts of ours that a restore forgot and a peer returned."""
    return DataTable(
        caption="恢复后交还的消息",
        columns=[
            Column(label="消息种类", wrap=False),
            Column(label="所属往来"),
            Column(label="序号", align="right"),
            Column(label="原办理时间"),
            Column(label="交还时间"),
        ],
        rows=[
            TableRow(
                cells=[
                    type_label(row.type),
                    conversation_label(row.conversation),
                    str(row.position),
                    moment(row.act_at),
                    moment(row.returned_at),
                ],
                url=reverse("exchange:check-returned", args=[row.pk]),
                alarm=True,
            )
            for row in rows
        ],
        empty=EmptyState(
            title="没有需要核对的消息", text="恢复后交还的消息都已核对。", icon="circle-check"
        ),
        pagination=pagination,
    )


TABLES: Final[dict[str, TableOf]] = {
    "waiting": waiting,
    "unacknowledged": unacknowledged,
    "held": held,
    "quarantined": quarantined,
    "attachments": attachments,
    "returned": returned,
}
