"""Tables of continuity: one row per backup and per drill, added and never changed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from typing_extensions import override

from xiezhi.foundation.grades import FieldGrades, Grade
from xiezhi.foundation.models import GradedModel


class Backup(GradedModel):
    """One finished backup; ``bytes`` is database and stored files together."""

    grades: ClassVar[FieldGrades] = {
        Grade.INTERNAL: ("name", "begun_at", "finished_at", "bytes", "rows", "files"),
    }

    name = models.CharField(max_length=40)
    begun_at = models.DateTimeField()
    finished_at = models.DateTimeField()
    bytes = models.PositiveBigIntegerField()
    rows = models.PositiveBigIntegerField()
    files = models.PositiveBigIntegerField()

    @override
    def __str__(self) -> str:
        return self.name


class Drill(GradedModel):
    """One drill. ``steps`` holds label, seconds, note and findings of each: ids, never a content.

    ``restored_to`` is the last commit that the restored database knew; none when it never ran.
    """

    grades: ClassVar[FieldGrades] = {
        Grade.INTERNAL: (
            *("backup", "backup_at", "begun_at", "finished_at", "restored_to", "passed", "steps"),
        ),
    }

    backup = models.CharField(max_length=40)
    backup_at = models.DateTimeField()
    begun_at = models.DateTimeField()
    finished_at = models.DateTimeField()
    restored_to = models.DateTimeField(null=True, blank=True)
    passed = models.BooleanField()
    steps = models.JSONField()

    @override
    def __str__(self) -> str:
        return f"{self.backup} {'passed' if self.passed else 'failed'}"
