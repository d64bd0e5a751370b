"""What the page of one message shows: its steps, its facts, the acts open to an operator."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode

from xiezhi.exchange.envelope.header import Outcome
from xiezhi.exchange.models import InboxMessage, OutboxMessage, Quarantined
from xiezhi.exchange.states import SKIPPED, InboxState, OperatorAct, OutboxState
from xiezhi.exchange.watch.names import (
    conversation_label,
    format_label,
    peer_label,
    sequence_text,
    type_label,
)
from xiezhi.exchange.watch.path import MessagePath
from xiezhi.foundation.pages.components import Link, Row, StatusChip, TimelineEvent
from xiezhi.foundation.pages.components.status import EmptyState, Tone
from xiezhi.foundation.pages.components.tables import Column, DataTable, TableRow
from xiezhi.foundation.pages.formats import file_size, moment

FINAL: Final = frozenset({Outcome.APPLIED, Outcome.REFUSED})
_OUTCOMES: Final = {
    Outcome.APPLIED: "对方已办理",
    Outcome.REFUSED: "对方已拒绝",
    Outcome.HELD: "对方已暂存",
    Outcome.QUARANTINED: "对方未能核验",
}
_TONES: Final[Mapping[InboxState, Tone]] = {
    InboxState.RECEIVED: "lead",
    InboxState.APPLIED: "done",
    InboxState.REFUSED: "plain",
    InboxState.HELD: "alarm",
}


def chip(path: MessagePath) -> StatusChip:
    """Say in a word where the message is."""
    row = path.message
    if isinstance(row, InboxMessage):
        return StatusChip(label=row.get_state_display(), tone=_TONES[InboxState(row.state)])
    if row.outcome in FINAL:
        return StatusChip(label=_OUTCOMES[Outcome(row.outcome)], tone="done")
    if row.outcome:
        return StatusChip(label=_OUTCOMES[Outcome(row.outcome)], tone="alarm")
    if row.reason:
        return StatusChip(label="无法封装", tone="alarm")
    return StatusChip(label=row.get_state_display(), tone="lead")


def steps(path: MessagePath) -> list[TimelineEvent]:
    """Tell the way of the message, oldest first; what has not happened yet has no time."""
    row = path.message
    return _steps_out(row, path) if isinstance(row, OutboxMessage) else _steps_in(row, path)


def _steps_out(row: OutboxMessage, path: MessagePath) -> list[TimelineEvent]:
    own, peer = peer_label(settings.XIEZHI_SITE), peer_label(path.peer)
    sealed = len(row.header_digests)
    leaves = f"{sequence_text(row.epoch, row.sequence)}；共封装{sealed}次。" if sealed else ""
    again = f"下一次重发：{moment(row.due_at)}。" if row.due_at and row.sent_at else ""
    events = [
        TimelineEvent(title="行为作出", at=row.act_at, who=own, tone="done"),
        TimelineEvent(
            title="写入发件箱",
            at=row.posted_at,
            who=own,
            detail="与业务记录同时写入，要么都成功，要么都不写入。",
            tone="done",
        ),
        _step("封装并签名", row.sealed_at, own, leaves or row.outcome_label),
        _step("发出", row.sent_at, own, f"已发出{row.attempts}次。{again}" if row.sent_at else ""),
        _step("到达对方", row.peer_received_at, f"{peer}（以对方时钟为准）"),
    ]
    if row.outcome in FINAL:
        detail = _why(row.reason) if row.outcome == Outcome.REFUSED else ""
        title = _OUTCOMES[Outcome(row.outcome)]
        events.append(_step(title, row.acknowledged_at, f"{own}收到回执", detail))
    elif row.outcome:
        events.append(
            TimelineEvent(
                title=_OUTCOMES[Outcome(row.outcome)],
                at=row.acknowledged_at,
                who=f"{own}收到回执" if row.acknowledged_at else "",
                detail=row.outcome_label,
                tone="alarm",
            )
        )
    else:
        events.append(TimelineEvent(title="对方办理：尚无回执"))
    return events


def _steps_in(row: InboxMessage, path: MessagePath) -> list[TimelineEvent]:
    own, peer = peer_label(settings.XIEZHI_SITE), peer_label(path.peer)
    events = [
        TimelineEvent(title="行为作出", at=row.act_at, who=peer, tone="done"),
        TimelineEvent(
            title="封装并签名",
            at=row.sealed_at,
            who=f"{peer}（以对方时钟为准）",
            detail=f"{sequence_text(row.epoch, row.sequence)}。",
            tone="done",
        ),
        TimelineEvent(title="收到，签名和内容核验通过", at=row.received_at, who=own, tone="done"),
    ]
    if row.state == InboxState.HELD:
        tries = f"已试{row.attempts}次。"
        again = f"下一次重试：{moment(row.retry_at)}。" if row.retry_at else "条件具备后自动重试。"
        events.append(
            TimelineEvent(title=f"暂存：{row.reason_label}", detail=tries + again, tone="alarm")
        )
    else:
        detail = _why(row.reason)
        events.append(_step(row.get_state_display(), row.settled_at, own, detail))
    told = "回执等待发出" if row.receipt_due else "回执已交付发送"
    events.append(TimelineEvent(title=told, tone="wait" if row.receipt_due else "done"))
    return events


def _why(reason: str) -> str:
    """Say why a message was not dealt with; a refusal is known by its code alone."""
    if reason == SKIPPED:
        return "由运维人员决定跳过，理由见处置记录。"
    return f"理由代码：{reason}" if reason else ""


def _step(title: str, at: datetime | None, who: str, detail: str = "") -> TimelineEvent:
    if at is None:
        return TimelineEvent(title=f"{title}：尚未", detail=detail)
    return TimelineEvent(title=title, at=at, who=who, detail=detail, tone="done")


def facts(path: MessagePath) -> list[Row]:
    """Give what the signed header says, and what it was answered with."""
    row = path.message
    version = f"{type_label(row.type)}，第{row.version}版"
    rows = [
        Row(label="消息编号", value=str(row.pk)),
        Row(label="种类", value=version),
        Row(label="所属往来", value=conversation_label(row.conversation)),
        Row(label="在往来中的序号", value=str(row.position), note=_turn(path)),
    ]
    if row.after:
        rows.append(Row(label="须在其后办理", value="、".join(str(each) for each in row.after)))
    if isinstance(row, InboxMessage):
        if row.waiting_for:
            rows.append(Row(label="正在等待", value=str(row.waiting_for)))
        rows.append(Row(label="信封头摘要", value=row.header_digest))
        return rows
    if row.header_digests:
        rows.append(Row(label="信封头摘要", value=row.header_digests[-1]))
    if path.receipt is not None:
        taken = f"{moment(path.receipt.taken_at)}收到"
        rows.append(Row(label="对方签名的回执", value=str(path.receipt.pk), note=taken))
    return rows


def _turn(path: MessagePath) -> str:
    if path.next_position is None:
        return ""
    return f"这一往来下一条应办理第{path.next_position}条"


def related(path: MessagePath) -> list[Link]:
    """Lead to the messages this one depends on."""
    row = path.message
    ids = [*row.after]
    if isinstance(row, InboxMessage) and row.waiting_for and row.waiting_for not in ids:
        ids.append(row.waiting_for)
    return [
        Link(label=f"查看消息{str(each)[-8:]}", url=reverse("exchange:message", args=[each]))
        for each in ids
    ]


def attachments(path: MessagePath) -> DataTable | str:
    """Show where the attachments are."""
    if not path.attachments:
        return ""
    return DataTable(
        caption="附件",
        columns=[
            Column(label="附件编号"),
            Column(label="格式"),
            Column(label="大小", align="right"),
            Column(label="状态"),
        ],
        rows=[
            TableRow(
                cells=[
                    str(each.id),
                    format_label(each.media_type),
                    file_size(each.size),
                    f"{each.state}（{each.reason}）" if each.reason else each.state,
                ]
            )
            for each in path.attachments
        ],
        empty=EmptyState(title="没有附件"),
    )


def acts(path: MessagePath, *, may_skip: bool) -> list[Link]:
    """List what an operator may do to the message as it stands."""
    row = path.message
    open_acts: list[tuple[OperatorAct, str]] = []
    if isinstance(row, InboxMessage):
        if row.state == InboxState.HELD:
            open_acts.append((OperatorAct.RETRY, "rotate-clockwise"))
    elif row.outcome not in FINAL:
        if row.due_at is not None:
            open_acts.append((OperatorAct.REPLAY, "send"))
        if row.state != OutboxState.PENDING:
            open_acts.append((OperatorAct.RESEAL, "lock"))
    links = [
        Link(label=act.label, url=reverse(f"exchange:{act}", args=[row.pk]), icon=icon)
        for act, icon in open_acts
    ]
    return [*links, *(_skips(path) if may_skip else [])]


def _skips(path: MessagePath) -> list[Link]:
    """Offer to pass over the position that blocks: a gap, a message held, one of ours unsettled."""
    row = path.message
    if isinstance(row, InboxMessage):
        stuck, direction = row.state == InboxState.HELD, "in"
        position = path.next_position or row.position
    else:
        stuck, direction, position = row.outcome not in FINAL, "out", row.position
    if not stuck:
        return []
    place: dict[str, str | int] = {
        "peer": path.peer,
        "direction": direction,
        "conversation": row.conversation,
        "position": position,
    }
    url = f"{reverse('exchange:skip')}?{urlencode(place)}"
    return [Link(label=f"跳过第{position}条", url=url, icon="ban")]


def quarantined_facts(row: Quarantined) -> list[Row]:
    """Give what is known of an envelope that failed a check; it proves nothing."""
    rows = [
        Row(label="原因", value=row.get_fault_display()),
        Row(label="收到时间", value=moment(row.received_at)),
        Row(label="大小", value=file_size(row.size)),
        Row(
            label="自称的消息编号",
            value=str(row.claimed_id) if row.claimed_id else "无法读取",
            note="没有核验通过，不能作为依据。",
        ),
    ]
    if row.cleared_at:
        rows.append(Row(label="解除时间", value=moment(row.cleared_at)))
    return rows
