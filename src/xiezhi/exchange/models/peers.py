"""The sites we exchange messages with."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from xiezhi.exchange.models.ranges import NumberSetField
from xiezhi.exchange.states import PeerState
from xiezhi.foundation.grades import FieldGrades, Grade
from xiezhi.foundation.models import GradedModel


class Peer(GradedModel):
    """One other site: our epoch and next number towards it, and what we have of it.

    Its keys are pinned in the key directory (``security.keys``), not here, so that a restored
    database brings no revoked key back.

    ``received`` are the numbers of ``epoch_in`` that have come. ``pledge_in`` is the latest
    watermark the peer has signed and becomes ``watermark_in`` when all numbers up to
    ``pledge_through`` are here. ``watermark_out`` is what we pledged last. ``recovering_since`` is
    set while the peer has not yet returned what this site forgot; ``forgot_epoch`` and
    ``forgot_sequence`` are where this site's memory of its own numbers ends.
    ``role`` is empty for a site whose name is its role. ``offers`` and ``wants`` are the types of
    message that its introduction named. ``announced`` is the highest version of each type that it
    reads. ``offered_keys`` are keys of ours that we have told it of.
    """

    grades: ClassVar[FieldGrades] = {
        Grade.INTERNAL: (
            *("site", "epoch_out", "next_sequence", "epoch_in", "highest_in", "heard_at"),
            *("received", "pledge_in", "pledge_through", "watermark_in", "watermark_out"),
            *("standing_at", "standing_taken_at", "standing_sent_at", "announced"),
            *("peer_epoch_seen", "peer_received", "peer_recovering"),
            *("recovering_since", "forgot_epoch", "forgot_sequence"),
            *("role", "display_name", "state", "offers", "wants", "offered_keys"),
        ),
    }

    site = models.CharField(max_length=40, unique=True)
    epoch_out = models.PositiveBigIntegerField(default=1)
    next_sequence = models.PositiveBigIntegerField(default=1)
    epoch_in = models.PositiveBigIntegerField(default=0)
    highest_in = models.PositiveBigIntegerField(default=0)
    heard_at = models.DateTimeField(null=True, blank=True)
    received = NumberSetField(default=tuple, db_default="{}")
    pledge_in = models.DateTimeField(null=True, blank=True)
    pledge_through = models.PositiveBigIntegerField(default=0, db_default=0)
    watermark_in = models.DateTimeField(null=True, blank=True)
    watermark_out = models.DateTimeField(null=True, blank=True)
    standing_at = models.DateTimeField(null=True, blank=True)
    standing_taken_at = models.DateTimeField(null=True, blank=True)
    standing_sent_at = models.DateTimeField(null=True, blank=True)
    announced = models.JSONField(null=True, blank=True)
    peer_epoch_seen = models.PositiveBigIntegerField(default=0, db_default=0)
    peer_received = NumberSetField(default=tuple, db_default="{}")
    peer_recovering = models.BooleanField(default=False, db_default=False)
    recovering_since = models.DateTimeField(null=True, blank=True)
    forgot_epoch = models.PositiveBigIntegerField(null=True, blank=True)
    forgot_sequence = models.PositiveBigIntegerField(null=True, blank=True)
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
