"""The base of every table: a UUIDv7 key and a grade for every field."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from xiezhi.foundation.grades import FieldGrades
from xiezhi.foundation.ids import uuid7


class GradedModel(models.Model):
    """Abstract base; ``grades`` names each field of the table once.

    ``id`` itself is an opaque identifier and always internal. A field without a grade, or a grade
    without a field, fails the system check of ``xiezhi.security.grading``.
    """

    grades: ClassVar[FieldGrades] = {}

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)

    class Meta:
        """No table of its own."""

        abstract = True
