"""Case numbers (案号): series without gaps, numbers that are never used twice."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from typing_extensions import override

from xiezhi.foundation.grades import FieldGrades, Grade
from xiezhi.foundation.models import GradedModel


class NumberSeries(GradedModel):
    """The last serial number used by one court in one year for one type of case."""

    grades: ClassVar[FieldGrades] = {
        Grade.INTERNAL: ("court_id", "year", "type_code", "last_serial"),
    }

    court_id = models.CharField(max_length=16)
    year = models.PositiveSmallIntegerField()
    type_code = models.CharField(max_length=8)
    last_serial = models.PositiveIntegerField(default=0)

    class Meta:
        """One row per series; its lock is what makes numbers unique."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["court_id", "year", "type_code"], name="casework_series_once"
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"({self.year}){self.court_id}{self.type_code}"


class IssuedNumber(GradedModel):
    """One number as issued. A voided one keeps its row and its reason, and is never used again."""

    grades: ClassVar[FieldGrades] = {
        Grade.INTERNAL: (
            *("court_id", "year", "type_code", "serial", "text", "issued_at", "issued_by"),
            *("voided_at", "void_reason"),
        ),
    }

    court_id = models.CharField(max_length=16)
    year = models.PositiveSmallIntegerField()
    type_code = models.CharField(max_length=8)
    serial = models.PositiveIntegerField()
    text = models.CharField(max_length=60)
    issued_at = models.DateTimeField()
    issued_by = models.UUIDField(null=True)
    voided_at = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        """The database itself refuses a double number."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["court_id", "year", "type_code", "serial"], name="casework_number_once"
            ),
            models.CheckConstraint(
                condition=models.Q(voided_at__isnull=True) | ~models.Q(void_reason=""),
                name="casework_number_void_has_reason",
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.text
