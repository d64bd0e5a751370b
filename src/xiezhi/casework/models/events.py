"""Events of an application and of a case: append-only, ids and digests, never personal data."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from typing_extensions import override

from xiezhi.foundation.grades import FieldGrades, Grade
from xiezhi.foundation.models import GradedModel


class EventRow(GradedModel):
    """One thing that happened. An error is rectified by a later event that ``corrects`` it.

    ``occurred_at`` is the legal time, ``recorded_at`` when it was written down; ``seq`` counts
    the events of one subject from 1 without gaps, under the subject's row lock.
    """

    grades: ClassVar[FieldGrades] = {
        Grade.INTERNAL: (
            *("court_id", "subject_id", "seq", "kind", "version", "occurred_at", "recorded_at"),
            *("actor_kind", "actor_id", "post_id", "capacity", "basis", "document_id"),
            *("corrects", "facts"),
        ),
    }

    court_id = models.CharField(max_length=16)
    subject_id = models.UUIDField()
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField()
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    actor_kind = models.CharField(max_length=16)
    actor_id = models.UUIDField(null=True)
    post_id = models.UUIDField(null=True)
    capacity = models.CharField(max_length=60)
    basis = models.CharField(max_length=200)
    document_id = models.UUIDField(null=True)
    corrects = models.UUIDField(null=True)
    facts = models.JSONField(default=dict)

    class Meta:
        """No table of its own."""

        abstract = True

    @override
    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id}#{self.seq}"


class IntakeEvent(EventRow):
    """One event of an application; the subject is the intake."""

    class Meta(EventRow.Meta):
        """Read by subject, in order."""

        abstract = False
        indexes: ClassVar = [
            models.Index(fields=["court_id", "subject_id", "seq"], name="casework_intake_event"),
        ]


class CaseEvent(EventRow):
    """One event of a case; the subject is the case."""

    class Meta(EventRow.Meta):
        """Read by subject, in order."""

        abstract = False
        indexes: ClassVar = [
            models.Index(fields=["court_id", "subject_id", "seq"], name="casework_case_event"),
        ]
