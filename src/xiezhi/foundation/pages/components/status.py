"""Components that say how something stands: chip, clock, timeline, steps, live line, progress."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final, Literal
from uuid import UUID

from typing_extensions import override

from xiezhi.foundation.pages.components.base import Component, Content, Text, component, item

# lead: under way; wait: somebody's turn; done; alarm: overdue, refused, irreversible; plain: rest.
Tone = Literal["plain", "lead", "wait", "done", "alarm"]
SOON: Final = 3

_ICONS: Final[dict[str, str]] = {
    "plain": "circle-dashed",
    "lead": "transfer",
    "wait": "hourglass",
    "done": "circle-check",
    "alarm": "alert-triangle",
}


@component
class StatusChip(Component):
    """The state of a thing in one or two words; colour is never the only sign."""

    label: Text
    tone: Tone = "plain"
    icon: str = ""
    note: Text = ""

    @override
    def variables(self) -> dict[str, object]:
        return super().variables() | {"icon_name": self.icon or _ICONS[self.tone]}


@component
class ClockBadge(Component):
    """A deadline: days left, the date with its weekday, why it runs and under which article.

    Units: ``days_left`` in calendar days, negative when overdue; None while the clock stands still.
    """

    label: Text
    due: date | None
    days_left: int | None
    why: Text = ""
    basis: Text = ""
    compact: bool = False

    @override
    def variables(self) -> dict[str, object]:
        return super().variables() | {"tone": self._tone(), "words": self._words()}

    def _tone(self) -> Tone:
        if self.days_left is None:
            return "plain"
        if self.days_left < 0:
            return "alarm"
        return "wait" if self.days_left <= SOON else "lead"

    def _words(self) -> str:
        if self.days_left is None:
            return "暂停计算"
        if self.days_left < 0:
            return f"已逾期{-self.days_left}天"
        return f"还剩{self.days_left}天" if self.days_left else "今天到期"


@item
class TimelineEvent:
    """One thing that happened (or will): what, when, by whom, on what ground."""

    title: Text
    at: datetime | date | None = None
    who: Text = ""
    detail: Content = ""
    basis: Text = ""
    tone: Tone = "plain"
    url: str = ""


@component
class Timeline(Component):
    """What happened, newest first or oldest first as the caller orders it."""

    events: Sequence[TimelineEvent]
    label: Text = "办理经过"


@item
class Step:
    """One step of a procedure."""

    label: Text
    state: Literal["done", "now", "next"]
    url: str = ""
    note: Text = ""


@component
class StepBar(Component):
    """Where the person is in a procedure of several steps."""

    steps: Sequence[Step]
    label: Text = "办理步骤"

    @override
    def variables(self) -> dict[str, object]:
        now = next((n for n, step in enumerate(self.steps, 1) if step.state == "now"), 0)
        return super().variables() | {"now": now, "total": len(self.steps)}


@component
class LiveLine(Component):
    """One line that keeps itself current: where a thing is at this moment.

    ``url`` gives the same line anew; ``kind`` is the live trigger it listens to, ``subject_id``
    narrows it to one object.
    """

    text: Text
    tone: Tone = "plain"
    at: datetime | None = None
    url: str = ""
    kind: str = ""
    subject_id: UUID | None = None

    @override
    def variables(self) -> dict[str, object]:
        return super().variables() | {"icon_name": _ICONS[self.tone]}


@component
class Progress(Component):
    """Long work: how far, out of how much."""

    label: Text
    value: int
    maximum: int
    note: Text = ""


@component
class EmptyState(Component):
    """Nothing here: say why, and what to do."""

    title: Text
    text: Text = ""
    icon: str = "inbox"
    action_label: Text = ""
    action_url: str = ""
