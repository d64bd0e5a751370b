"""Where an application is, in the words and steps that its owner sees."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from xiezhi.contracts.application import ApplicationState as State
from xiezhi.exchange.queries import Delivery, DeliveryState, delivery_of
from xiezhi.foundation.pages.components import ClockBadge, StatusChip, Step
from xiezhi.foundation.pages.components.status import Tone
from xiezhi.foundation.pages.formats import time_text
from xiezhi.service.desk.models import Application

REVIEW_BASIS = "民事诉讼法第一百二十六条"
TONES: dict[State, Tone] = {
    State.DRAFT: "wait",
    State.SUBMITTED: "lead",
    State.RECEIVED: "lead",
    State.UNDER_REVIEW: "lead",
    State.ACCEPTED: "done",
    State.REJECTED: "alarm",
    State.ABANDONED: "plain",
}


@dataclass(frozen=True, slots=True)
class Where:
    """One sentence on where the application is, its tone, and the instant it speaks of."""

    text: str
    tone: Tone
    at: datetime | None = None


def chip(application: Application) -> StatusChip:
    """Show the state as a chip."""
    state = State(application.state)
    return StatusChip(label=state.label, tone=TONES[state])


def where(application: Application) -> Where:
    """Say where the application is; one query while it is under way to the court."""
    state = State(application.state)
    if state is State.SUBMITTED:
        return _under_way(application)
    texts = {
        State.DRAFT: "草稿，尚未提交",
        State.RECEIVED: f"法院专网已收{_at(application.received_at)}，等待审查",
        State.UNDER_REVIEW: "法院正在审查",
        State.ACCEPTED: f"已立案{application.case_number}",
        State.REJECTED: "法院决定不予受理，裁定书由法院另行送达",
        State.ABANDONED: "草稿已作废",
    }
    moments = {
        State.UNDER_REVIEW: application.review_started_at,
        State.ACCEPTED: application.decided_at,
        State.REJECTED: application.decided_at,
    }
    return Where(texts[state], TONES[state], moments.get(state))


def _under_way(application: Application) -> Where:
    delivery = delivery_of(application.message_id) if application.message_id else None
    if delivery is None or delivery.state == DeliveryState.WAITING:
        return Where("已提交，等待传输到法院专网", "lead", application.submitted_at)
    if delivery.state == DeliveryState.SENT:
        return Where("已提交，正在传输到法院专网", "lead", application.submitted_at)
    return _arrived(delivery)


def _arrived(delivery: Delivery) -> Where:
    if delivery.state == DeliveryState.RECEIVED:
        return Where(f"法院专网已收{_at(delivery.received_at)}", "lead")
    if delivery.state == DeliveryState.REFUSED:
        text = "法院系统没有接收，工作人员正在核查；提交时间不受影响"
        return Where(text, "alarm", delivery.received_at)
    text = "传输延迟，工作人员正在处理；提交时间不受影响"
    return Where(text, "wait", delivery.received_at)


def clock(application: Application, on: date) -> ClockBadge | None:
    """Show until when the court must decide, while it has not."""
    open_states = {State.RECEIVED, State.UNDER_REVIEW}
    if application.review_due_on is None or application.state not in open_states:
        return None
    return ClockBadge(
        label="法院作出决定的期限",
        due=application.review_due_on,
        days_left=(application.review_due_on - on).days,
        why="收到起诉材料之日起七日内决定是否立案",
        basis=REVIEW_BASIS,
    )


def steps(application: Application) -> list[Step]:
    """Show the way of an application and how far it is; one that was refused has left it."""
    state = State(application.state)
    names = ["提交", "传输到法院专网", "法院审查", "立案"]
    reached = {
        State.SUBMITTED: 1,
        State.RECEIVED: 2,
        State.UNDER_REVIEW: 2,
        State.ACCEPTED: len(names),
    }.get(state, 0)
    return [
        Step(label=name, state="done" if n < reached else "now" if n == reached else "next")
        for n, name in enumerate(names)
    ]


def _at(at: datetime | None) -> str:
    return f" {time_text(at)}" if at else ""
