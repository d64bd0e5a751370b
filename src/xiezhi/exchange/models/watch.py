"""What the site notices about its exchange, and what its operators did about it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from xiezhi.exchange.states import AlarmKind, OperatorAct
from xiezhi.foundation.grades import FieldGrades, Grade
from xiezhi.foundation.models import GradedModel
from xiezhi.security.fields import EncryptedTextField


class Alarm(GradedModel):
    """One thing that was wrong for a time; ``subject`` tells two of a kind apart.

    Raised and cleared by the exchange process alone. ``acknowledged_*`` says who has taken it in
    hand; that clears nothing.
    """

    grades: ClassVar[FieldGrades] = {
        Grade.INTERNAL: (
            *("kind", "peer", "subject", "text", "count", "message_id"),
            *("raised_at", "seen_at", "cleared_at"),
            *("acknowledged_at", "acknowledged_by", "acknowledged_name"),
        ),
    }

    kind = models.CharField(max_length=32, choices=AlarmKind.choices)
    peer = models.CharField(max_length=40)
    subject = models.CharField(max_length=96, blank=True, default="")
    text = models.CharField(max_length=200)
    count = models.PositiveBigIntegerField(default=1)
    message_id = models.UUIDField(null=True, blank=True)
    raised_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    cleared_at = models.DateTimeField(null=True, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.UUIDField(null=True, blank=True)
    acknowledged_name = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        """The same thing is wrong once at a time."""

        constraints = [
            models.UniqueConstraint(
                fields=["peer", "kind", "subject"],
                condition=models.Q(cleared_at__isnull=True),
                name="alarm_open_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.peer}"


class Intervention(GradedModel):
    """One act of an operator; added, never changed. The reason is a person's words, encrypted."""

    grades: ClassVar[FieldGrades] = {
        Grade.INTERNAL: ("act", "peer", "subject_id", "by_id", "by_name", "at"),
        Grade.HIGH: ("reason",),
    }

    act = models.CharField(max_length=16, choices=OperatorAct.choices)
    peer = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    reason = EncryptedTextField()
    by_id = models.UUIDField(null=True, blank=True)
    by_name = models.CharField(max_length=60, blank=True, default="")
    at = models.DateTimeField()

    class Meta:
        """Read by what they concern, newest first."""

        indexes = [models.Index(fields=["subject_id", "-id"], name="intervention_subject")]

    def __str__(self) -> str:
        return f"{self.act} {self.subject_id}"


class PeerSight(GradedModel):
    """What the exchange process last saw of the way to one peer; its time is the process's pulse.

    Pages read this row, for they may see neither the trays nor the disk. Units: bytes, seconds.
    """

    grades: ClassVar[FieldGrades] = {
        Grade.INTERNAL: (
            *("peer", "seen_at", "disk_free", "disk_size", "backlog_files", "backlog_bytes"),
            *("way_fault", "ferry_at", "ferry_trouble", "clock_skew"),
        ),
    }

    peer = models.CharField(max_length=40, unique=True)
    seen_at = models.DateTimeField()
    disk_free = models.PositiveBigIntegerField(null=True, blank=True)
    disk_size = models.PositiveBigIntegerField(null=True, blank=True)
    backlog_files = models.PositiveBigIntegerField(null=True, blank=True)
    backlog_bytes = models.PositiveBigIntegerField(null=True, blank=True)
    way_fault = models.CharField(max_length=200, blank=True, default="")
    ferry_at = models.DateTimeField(null=True, blank=True)
    ferry_trouble = models.CharField(max_length=200, blank=True, default="")
    clock_skew = models.FloatField(null=True, blank=True)

    def __str__(self) -> str:
        return self.peer
