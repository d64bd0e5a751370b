"""Materials (材料) attached to an application."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from typing_extensions import override

from xiezhi.foundation.grades import FieldGrades, Grade
from xiezhi.foundation.models import GradedModel
from xiezhi.security.fields import EncryptedTextField
from xiezhi.service.desk.models.application import Application


class Material(GradedModel):
    """One file of an application; the blob itself belongs to ``files``."""

    grades: ClassVar[FieldGrades] = {
        Grade.INTERNAL: (
            *("application", "owner_id", "blob_id", "category", "position", "media_type"),
            *("size", "pages", "digest", "attached_at"),
        ),
        Grade.SENSITIVE: ("finding",),
        Grade.HIGH: ("name",),
    }

    application = models.ForeignKey(Application, models.CASCADE, related_name="materials")
    owner_id = models.UUIDField()
    blob_id = models.UUIDField(unique=True)
    category = models.CharField(max_length=60)
    position = models.PositiveIntegerField()
    name = EncryptedTextField()
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    pages = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    finding = models.CharField(max_length=200, default="", blank=True)
    attached_at = models.DateTimeField()

    class Meta:
        """Ordered within the application; the same content only once in it."""

        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["application", "digest"], name="desk_content_once_per_application"
            ),
            models.UniqueConstraint(
                fields=["application", "position"], name="desk_material_position_once"
            ),
        ]

    @override
    def __str__(self) -> str:
        return str(self.pk)
