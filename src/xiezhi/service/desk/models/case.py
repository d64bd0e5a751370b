"""What the court told this person: participations in cases, and disclosures."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from typing_extensions import override

from xiezhi.contracts.payloads import PartyRole
from xiezhi.foundation.grades import FieldGrades, Grade
from xiezhi.foundation.models import GradedModel
from xiezhi.security.fields import EncryptedTextField


class Participation(GradedModel):
    """A person's place in a case; ``id`` is the participation id that the court minted."""

    grades: ClassVar[FieldGrades] = {
        Grade.INTERNAL: ("owner_id", "application_id", "case_id", "role", "bound_at"),
        Grade.SENSITIVE: ("case_number", "party_name"),
    }

    owner_id = models.UUIDField(db_index=True)
    application_id = models.UUIDField(null=True)
    case_id = models.UUIDField()
    case_number = models.CharField(max_length=60)
    role = models.CharField(max_length=16, choices=[(role.value, role.value) for role in PartyRole])
    party_name = models.CharField(max_length=200)
    bound_at = models.DateTimeField()

    @override
    def __str__(self) -> str:
        return f"{self.case_number} {self.role}"


class Disclosure(GradedModel):
    """One thing the court disclosed to a participation; ``id`` is the court's own for it."""

    grades: ClassVar[FieldGrades] = {
        Grade.INTERNAL: (
            *("owner_id", "application_id", "participation_id", "case_id", "kind"),
            *("published_at", "arrived_at", "blob_id", "media_type", "size", "pages", "digest"),
        ),
        Grade.SENSITIVE: ("title", "document_name"),
        Grade.HIGH: ("body",),
    }

    owner_id = models.UUIDField(db_index=True)
    application_id = models.UUIDField(null=True, db_index=True)
    participation_id = models.UUIDField(null=True)
    case_id = models.UUIDField(null=True)
    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    body = EncryptedTextField()
    published_at = models.DateTimeField()
    arrived_at = models.DateTimeField()
    blob_id = models.UUIDField(null=True, unique=True)
    document_name = models.CharField(max_length=200, default="", blank=True)
    media_type = models.CharField(max_length=100, default="", blank=True)
    size = models.PositiveBigIntegerField(null=True)
    pages = models.PositiveIntegerField(null=True)
    digest = models.CharField(max_length=64, default="", blank=True)

    class Meta:
        """Newest first; addressed to a participation or to an application."""

        ordering: ClassVar = ["-published_at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(application_id__isnull=False) | Q(participation_id__isnull=False),
                name="desk_disclosure_is_addressed",
            ),
        ]

    @override
    def __str__(self) -> str:
        return str(self.pk)
