"""How an application and its history are laid out for reading: rows, clocks, timelines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from xiezhi.casework.events import CASE_EVENTS, INTAKE_EVENTS
from xiezhi.casework.models import CaseEvent, Intake, IntakeEvent, WorkItem
from xiezhi.casework.states import IntakeState, WorkState
from xiezhi.contracts.forms import FieldSpec, FieldType, FormSpec, SectionSpec
from xiezhi.foundation.actors import ActorKind
from xiezhi.foundation.pages.components import ClockBadge, Row, StatusChip, TimelineEvent
from xiezhi.foundation.pages.components.status import Tone
from xiezhi.foundation.pages.formats import date_text, money

STATE_TONES: Mapping[str, Tone] = {
    IntakeState.RECEIVED: "wait",
    IntakeState.UNDER_REVIEW: "lead",
    IntakeState.ACCEPTED: "done",
    IntakeState.REJECTED: "alarm",
}
EVENT_TONES: Mapping[str, Tone] = {
    "intake.received": "wait",
    "intake.taken_up": "lead",
    "intake.accepted": "done",
    "intake.rejected": "alarm",
    "case.filed": "done",
}


@dataclass(frozen=True, slots=True)
class Group:
    """One section of the form as entered; a repeated one gives several groups."""

    title: str
    rows: tuple[Row, ...]


def groups(form: FormSpec, payload: Mapping[str, Any]) -> list[Group]:
    """Lay out a payload by its form, section by section, in the order it was asked."""
    found: list[Group] = []
    for section in form.sections:
        entered = payload.get(section.name)
        if section.repeated:
            entries = entered if isinstance(entered, list) else []
            label = section.item_label or section.title
            found += [
                Group(f"{label}{number}" if len(entries) > 1 else label, _rows(section, entry))
                for number, entry in enumerate(entries, 1)
            ]
        else:
            found.append(Group(section.title, _rows(section, entered or {})))
    return found


def _rows(section: SectionSpec, entered: Mapping[str, Any]) -> tuple[Row, ...]:
    return tuple(
        Row(
            label=field.label,
            value=_shown(field, entered.get(field.name)),
            numeric=field.type is FieldType.MONEY,
        )
        for field in section.fields
        if _asked(field, entered)
    )


def _asked(field: FieldSpec, entered: Mapping[str, Any]) -> bool:
    if field.shown_if is None:
        return True
    other, values = field.shown_if
    return str(entered.get(other, "")) in values


def _shown(field: FieldSpec, value: object) -> str:
    text = "" if value is None else str(value)
    if not text:
        return ""
    if field.choices:
        return next((c.label for c in field.choices if c.value == text), text)
    if field.type is FieldType.MONEY:
        try:
            return money(Decimal(text))
        except InvalidOperation:
            return text
    if field.type is FieldType.DATE:
        try:
            return date_text(date.fromisoformat(text))
        except ValueError:
            return text
    return text


def state_chip(intake: Intake) -> StatusChip:
    """Show where an application stands."""
    state = IntakeState(intake.state)
    return StatusChip(label=state.label, tone=STATE_TONES[state])


def clock(intake: Intake, work: WorkItem | None, *, today: date, compact: bool) -> ClockBadge:
    """Show the period of review; once decided it no longer runs."""
    running = work is not None and work.state != WorkState.DONE
    why = (
        f"{date_text(intake.review_started_on)}收到起诉材料，自次日起数七日；"
        f"末日遇法定休假日顺延，最晚应在{date_text(intake.review_due_on)}前作出决定。"
    )
    return ClockBadge(
        label="立案审查期限",
        due=intake.review_due_on,
        days_left=(intake.review_due_on - today).days if running else None,
        why=why,
        basis=work.basis if work else "",
        compact=compact,
    )


def timeline(
    events: Iterable[IntakeEvent | CaseEvent], names: Mapping[UUID, str]
) -> list[TimelineEvent]:
    """Tell what happened, newest first: what, when, who, on what ground."""
    labels = {kind.name: kind.label for kinds in (INTAKE_EVENTS, CASE_EVENTS) for kind in kinds}
    told = [
        TimelineEvent(
            title=labels.get(event.kind, event.kind),
            at=event.occurred_at,
            who=_who(event, names),
            basis=event.basis,
            tone=EVENT_TONES.get(event.kind, "plain"),
        )
        for event in events
    ]
    return told[::-1]


def _who(event: IntakeEvent | CaseEvent, names: Mapping[UUID, str]) -> str:
    if event.actor_kind == ActorKind.STAFF and event.post_id:
        return names.get(event.post_id, "本院工作人员")
    return "系统"
