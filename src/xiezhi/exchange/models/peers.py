"""The sites we exchange messages with."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from xiezhi.exchange.states import PeerState
from xiezhi.foundation.grades import FieldGrades, Grade
from xiezhi.foundation.models import GradedModel


class Peer(GradedModel):
    """One other site: our epoch and next number towards it, the highest we have seen of it.

    Its keys are pinned in the key directory (``security.keys``), not here, so that a restored
    database brings no revoked key back.

    ``role`` is empty for a site whose name is its role. ``offers`` and ``wants`` are the types of
    message that its introduction named. ``announced`` is the highest version of each type that it
    reads. ``offered_keys`` are keys of ours that we have told it of.
    """

    grades: ClassVar[FieldGrades] = {
        Grade.INTERNAL: (
            "site",
            "epoch_out",
            "next_sequence",
            "epoch_in",
            "highest_in",
            "heard_at",
            *("role", "display_name", "state", "offers", "wants", "announced", "offered_keys"),
        ),
    }

    site = models.CharField(max_length=40, unique=True)
    epoch_out = models.PositiveBigIntegerField(default=1)
    next_sequence = models.PositiveBigIntegerField(default=1)
    epoch_in = models.PositiveBigIntegerField(default=0)
    highest_in = models.PositiveBigIntegerField(default=0)
    heard_at = models.DateTimeField(null=True, blank=True)
    announced = models.JSONField(null=True, blank=True)
    role = models.CharField(max_length=16, blank=True, default="", db_default="")
    display_name = models.CharField(max_length=100, blank=True, default="", db_default="")
    state = models.CharField(
        max_length=16,
        choices=PeerState.choices,
        default=PeerState.ACTIVE,
        db_default=PeerState.ACTIVE,
        editable=False,
    )
    offers = models.JSONField(default=list, db_default=[], blank=True)
    wants = models.JSONField(default=list, db_default=[], blank=True)
    offered_keys = models.JSONField(default=list, db_default=[], blank=True)

    def __str__(self) -> str:
        return self.site
