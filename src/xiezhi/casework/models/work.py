"""Work items (待办): one thing one desk must do by a date."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from typing_extensions import override

from xiezhi.casework.states import WORK, WorkState
from xiezhi.foundation.grades import FieldGrades, Grade
from xiezhi.foundation.models import GradedModel


class Desk(models.TextChoices):
    """The desks that have a queue."""

    FILING = "filing", "立案"


class WorkItem(GradedModel):
    """One thing to do: where, about what, until when, and who has taken it."""

    grades: ClassVar[FieldGrades] = {
        Grade.INTERNAL: (
            *("court_id", "desk", "kind", "subject_id", "state", "due_on", "basis"),
            *("opened_at", "claimed_by", "claimed_at", "closed_at"),
        ),
    }

    court_id = models.CharField(max_length=16)
    desk = models.CharField(max_length=16, choices=Desk.choices)
    kind = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    state = models.CharField(
        max_length=16, choices=WorkState.choices, default=WORK.initial, editable=False
    )
    due_on = models.DateField(null=True)
    basis = models.CharField(max_length=200, blank=True, default="")
    opened_at = models.DateTimeField()
    claimed_by = models.UUIDField(null=True)
    claimed_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """One item of a kind per subject; queues are read by due date."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["court_id", "desk", "kind", "subject_id"], name="casework_work_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["court_id", "desk", "state", "due_on", "id"], name="casework_work_queue"
            ),
            models.Index(
                fields=["court_id", "desk", "-closed_at", "-id"],
                condition=models.Q(state=WorkState.DONE),
                name="casework_work_done",
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id}"
