"""What operators decide about peers: which keys are theirs, which types a partner may use."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Final

from django.db import models

from xiezhi.exchange.models.directions import Direction
from xiezhi.exchange.states import PROPOSAL, ProposalState
from xiezhi.foundation.grades import FieldGrades, Grade
from xiezhi.foundation.models import GradedModel
from xiezhi.security.algorithms import grouped

HEARD: Final = 8
"""So many characters at the end of a fingerprint are typed as they were heard."""


class ProposedKey(GradedModel):
    """A public key that says it is a peer's: not believed until people have compared it.

    ``record`` is the key as it would be pinned; the pin itself lies in the key directory.
    ``origin`` says how it came: in a file, or offered under the key before it.
    """

    class Origin(models.TextChoices):
        """How a key came here."""

        INTRODUCTION = "introduction", "介绍文件"
        OFFER = "offer", "对方以现用密钥签名送达"

    grades: ClassVar[FieldGrades] = {
        Grade.INTERNAL: (
            *("peer", "key_id", "fingerprint", "record", "origin", "state"),
            *("proposed_at", "proposed_by", "decided_at", "decided_by"),
        ),
    }

    peer = models.CharField(max_length=40)
    key_id = models.CharField(max_length=64)
    fingerprint = models.CharField(max_length=64)
    record = models.JSONField()
    origin = models.CharField(max_length=16, choices=Origin.choices)
    state = models.CharField(
        max_length=16, choices=ProposalState.choices, default=PROPOSAL.initial, editable=False
    )
    proposed_at = models.DateTimeField()
    proposed_by = models.UUIDField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.UUIDField(null=True, blank=True)

    class Meta:
        """A key is proposed once; the open ones are few."""

        constraints = [
            models.UniqueConstraint(fields=["peer", "key_id"], name="proposed_key_is_unique")
        ]
        indexes = [
            models.Index(
                fields=["peer", "id"],
                condition=models.Q(state="proposed"),
                name="proposed_key_open",
            )
        ]

    def __str__(self) -> str:
        return self.key_id

    @property
    def spoken(self) -> str:
        """Print the fingerprint in groups, without the end, which has to be heard."""
        return f"{grouped(self.fingerprint[:-HEARD])} ···· ····"

    @property
    def valid_from(self) -> datetime:
        """Return when the key begins."""
        return datetime.fromisoformat(self.record["valid_from"])

    @property
    def valid_to(self) -> datetime:
        """Return when the key ends."""
        return datetime.fromisoformat(self.record["valid_to"])


class PeerPermit(GradedModel):
    """An operator's word on one type of message of one partner; it goes before the table."""

    grades: ClassVar[FieldGrades] = {
        Grade.INTERNAL: ("peer", "direction", "type", "allowed", "decided_at", "decided_by"),
    }

    peer = models.CharField(max_length=40)
    direction = models.CharField(max_length=3, choices=Direction.choices)
    type = models.CharField(max_length=64)
    allowed = models.BooleanField()
    decided_at = models.DateTimeField()
    decided_by = models.UUIDField(null=True, blank=True)

    class Meta:
        """One word per type and direction."""

        constraints = [
            models.UniqueConstraint(
                fields=["peer", "direction", "type"], name="peer_permit_is_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.peer} {self.direction} {self.type}"
