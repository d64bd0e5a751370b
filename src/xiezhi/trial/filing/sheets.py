"""How an application and its history are laid out for reading: rows, clocks, timelines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final
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
TO_THE_READER: Final = "（您）"
PAIR: Final = 2
FAULTS: Final[Mapping[str, str]] = {
    "files.empty": "没有内容",
    "files.too-large": "超过大小上限",
    "files.type": "不是PDF、JPG或者PNG格式",
    "files.mixed": "夹带其他类型的内容",
    "files.damaged": "已损坏或者不完整",
    "files.locked": "设置了打开密码",
    "files.active": "含有脚本或者附件",
    "files.too-many-pages": "页数超过上限",
    "files.too-many-pixels": "图片尺寸超过上限",
    "files.too-complex": "内容过于复杂，无法检查",
    "exchange.attachment-digest": "内容与提交时的核验码不一致",
}
"""Why the file of a material was turned back, in words."""

EVENT_TONES: Mapping[str, Tone] = {
    "intake.received": "wait",
    "intake.material_turned_back": "wait",
    "intake.taken_up": "lead",
    "intake.accepted": "done",
    "intake.rejected": "alarm",
    "case.filed": "done",
}


@dataclass(frozen=True, slots=True)
class Block:
    """One entry of a section: its name where there are several, its rows, or a plain text."""

    title: str = ""
    rows: tuple[Row, ...] = ()
    paragraphs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """One section of the form as entered."""

    title: str
    blocks: tuple[Block, ...]


def groups(form: FormSpec, payload: Mapping[str, Any]) -> list[Group]:
    """Lay out a payload by its form, section by section, in the order it was asked.

    The form speaks to the person who filled it in; "（您）" is dropped for other readers.
    """
    return [
        Group(section.title.removesuffix(TO_THE_READER), _blocks(section, payload))
        for section in form.sections
    ]


def _blocks(section: SectionSpec, payload: Mapping[str, Any]) -> tuple[Block, ...]:
    entered = payload.get(section.name)
    if not section.repeated:
        return (_block(section, "", entered or {}),)
    entries = entered if isinstance(entered, list) else []
    label = section.item_label or section.title
    if len(section.fields) == PAIR:
        return (Block(rows=tuple(_pair(section, entry, n) for n, entry in enumerate(entries, 1))),)
    several = len(entries) > 1
    return tuple(
        _block(section, f"{label}{number}" if several else "", entry)
        for number, entry in enumerate(entries, 1)
    )


def _block(section: SectionSpec, title: str, entered: Mapping[str, Any]) -> Block:
    if len(section.fields) == 1:
        text = _shown(section.fields[0], entered.get(section.fields[0].name))
        return Block(title, paragraphs=tuple(line for line in text.splitlines() if line.strip()))
    return Block(title, rows=_rows(section, entered))


def _pair(section: SectionSpec, entered: Mapping[str, Any], number: int) -> Row:
    """Show an entry of two fields as one row: the first is the text, the second its note."""
    first, second = (_shown(field, entered.get(field.name)) for field in section.fields)
    note = f"{section.fields[1].label}：{second}" if second else ""
    return Row(label=f"{section.item_label or section.title}{number}", value=first, note=note)


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
    if field.choices:
        return next((c.label for c in field.choices if c.value == text), text)
    reader = READERS.get(field.type)
    if not text or reader is None:
        return text
    try:
        return reader(text)
    except (InvalidOperation, ValueError):
        return text


READERS: Final[Mapping[FieldType, Callable[[str], str]]] = {
    FieldType.MONEY: lambda text: money(Decimal(text)),
    FieldType.DATE: lambda text: date_text(date.fromisoformat(text)),
}


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
    events: Iterable[IntakeEvent | CaseEvent],
    names: Mapping[UUID, str],
    documents: Mapping[UUID, str] | None = None,
) -> list[TimelineEvent]:
    """Tell what happened, newest first: what, when, who, on what ground, with which document."""
    labels = {kind.name: kind.label for kinds in (INTAKE_EVENTS, CASE_EVENTS) for kind in kinds}
    titles = documents or {}
    told = [
        TimelineEvent(
            title=labels.get(event.kind, event.kind),
            at=event.occurred_at,
            who=_who(event, names),
            detail=titles.get(event.document_id, "") if event.document_id else "",
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
