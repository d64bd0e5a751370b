"""The steps of the wizard: the sections of the form, the materials, the review."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.urls import reverse

from xiezhi.contracts.kinds import ApplicationKind
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.pages.components import Step
from xiezhi.service.desk import queries
from xiezhi.service.desk.actions.checks.findings import Finding
from xiezhi.service.desk.actions.checks.materials import missing
from xiezhi.service.desk.models import Application

MATERIALS: Final = "materials"
REVIEW: Final = "review"


def names(kind: ApplicationKind) -> list[str]:
    """Name the steps in order."""
    return [*(section.name for section in kind.form.sections), MATERIALS, REVIEW]


def following(kind: ApplicationKind, step: str) -> str:
    """Name the step after ``step``."""
    order = names(kind)
    return order[order.index(step) + 1]


def preceding(kind: ApplicationKind, step: str) -> str:
    """Name the step before ``step``; the first one has none."""
    order = names(kind)
    place = order.index(step)
    return order[place - 1] if place else ""


def step_bar(
    application: Application,
    kind: ApplicationKind,
    now: str,
    findings: Sequence[Finding],
    *,
    actor: Actor,
) -> list[Step]:
    """Show every step, which are complete, and let each be entered at any time."""
    present = [each.category for each in queries.materials(application, actor=actor)]
    unfinished = {one.section for one in [*findings, *missing(kind, present)]}
    labels = {section.name: section.title for section in kind.form.sections}
    labels |= {MATERIALS: "材料", REVIEW: "核对提交"}
    made = []
    for name in names(kind):
        done = name != REVIEW and name not in unfinished
        made.append(
            Step(
                label=labels[name],
                state="now" if name == now else "done" if done else "next",
                url=reverse("desk:step", args=[application.pk, name]),
            )
        )
    return made
