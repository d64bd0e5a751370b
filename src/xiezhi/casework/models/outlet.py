"""The outlet: what the court discloses (告知与公开), to whom, and whether it has left."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from typing_extensions import override

from xiezhi.casework.models.case import Case, Participation
from xiezhi.casework.models.document import Document
from xiezhi.foundation.grades import FieldGrades, Grade
from xiezhi.foundation.models import GradedModel


class Disclosure(GradedModel):
    """One thing told to one participation. Without a message it waits for somebody to claim it."""

    grades: ClassVar[FieldGrades] = {
        Grade.INTERNAL: (
            *("court_id", "case", "participation", "kind", "title", "document"),
            *("published_at", "message_id", "posted_at"),
        ),
        Grade.SENSITIVE: ("body",),
    }

    court_id = models.CharField(max_length=16)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="disclosures")
    participation = models.ForeignKey(
        Participation, on_delete=models.PROTECT, related_name="disclosures"
    )
    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    body = models.TextField(blank=True, default="")
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, related_name="disclosures"
    )
    published_at = models.DateTimeField()
    message_id = models.UUIDField(null=True)
    posted_at = models.DateTimeField(null=True)

    class Meta:
        """Those that wait are found at once when a participation is claimed."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(message_id__isnull=True, posted_at__isnull=True)
                | models.Q(message_id__isnull=False, posted_at__isnull=False),
                name="casework_disclosure_posted_whole",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["court_id", "participation"],
                name="casework_disclosure_waiting",
                condition=models.Q(message_id__isnull=True),
            ),
            models.Index(fields=["court_id", "case"], name="casework_disclosure_case"),
        ]

    @override
    def __str__(self) -> str:
        return f"disclosure {self.pk}"
