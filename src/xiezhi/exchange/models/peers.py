"""The sites we exchange messages with."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from xiezhi.foundation.grades import FieldGrades, Grade
from xiezhi.foundation.models import GradedModel


class Peer(GradedModel):
    """One other site: our epoch and next number towards it, the highest we have seen of it.

    Its keys are pinned in the key directory (``security.keys``), not here, so that a restored
    database brings no revoked key back.
    """

    grades: ClassVar[FieldGrades] = {
        Grade.INTERNAL: (
            "site",
            "epoch_out",
            "next_sequence",
            "epoch_in",
            "highest_in",
            "heard_at",
        ),
    }

    site = models.CharField(max_length=40, unique=True)
    epoch_out = models.PositiveBigIntegerField(default=1)
    next_sequence = models.PositiveBigIntegerField(default=1)
    epoch_in = models.PositiveBigIntegerField(default=0)
    highest_in = models.PositiveBigIntegerField(default=0)
    heard_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.site
