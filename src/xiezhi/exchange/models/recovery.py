"""After a restore: what this site asks of its peers, and what peers ask of this site."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from xiezhi.foundation.grades import FieldGrades, Grade
from xiezhi.foundation.models import GradedModel
from xiezhi.security.fields import EncryptedTextField


class Recovery(GradedModel):
    """One restore of this site: a new epoch towards every peer, until all have answered."""

    grades: ClassVar[FieldGrades] = {
        Grade.INTERNAL: ("restored_at", "epoch", "begun_at", "finished_at", "cause"),
    }

    restored_at = models.DateTimeField()
    epoch = models.PositiveBigIntegerField()
    begun_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    cause = models.CharField(max_length=40)

    def __str__(self) -> str:
        return f"epoch {self.epoch}"


class RecallTask(GradedModel):
    """What this site returns to a peer that was restored: it forgot everything from a number on.

    First our own messages that it lost are sent again, then its own messages are returned, then
    the end is told. The cursor is a message id, so a death in between repeats nothing.
    """

    class Phase(models.TextChoices):
        """How far it has come."""

        RESEND = "resend", "重发我方消息"
        RETURN = "return", "交还对方消息"
        DONE = "done", "已完成"

    grades: ClassVar[FieldGrades] = {
        Grade.INTERNAL: (
            *(
                "peer",
                "epoch",
                "restored_at",
                "forgot_epoch",
                "forgot_sequence",
                "knows_epoch",
                "knows",
            ),
            *("phase", "cursor", "resent", "returned", "begun_at", "done_at"),
        ),
    }

    peer = models.CharField(max_length=40)
    epoch = models.PositiveBigIntegerField()
    restored_at = models.DateTimeField()
    forgot_epoch = models.PositiveBigIntegerField()
    forgot_sequence = models.PositiveBigIntegerField()
    knows_epoch = models.PositiveBigIntegerField()
    knows = models.JSONField(default=list)
    phase = models.CharField(max_length=8, choices=Phase.choices, default=Phase.RESEND)
    cursor = models.UUIDField(null=True, blank=True)
    resent = models.PositiveBigIntegerField(default=0)
    returned = models.PositiveBigIntegerField(default=0)
    begun_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """One task per epoch of a peer; the open ones are few."""

        constraints = [models.UniqueConstraint(fields=["peer", "epoch"], name="recall_once")]
        indexes = [
            models.Index(
                fields=["peer"], condition=models.Q(done_at__isnull=True), name="recall_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.peer} {self.epoch}"


class RecoveredAct(GradedModel):
    """An act of this site that a restore made it forget and a peer returned, with its proof.

    ``id`` is the message's own id; ``proof`` is its header and our own signature on it. Somebody
    must look at each: the record of the act is gone from this site, its effect at the peer is not.
    """

    grades: ClassVar[FieldGrades] = {
        Grade.INTERNAL: (
            *("peer", "type", "version", "conversation", "position", "act_at", "outcome"),
            *("returned_at", "proof", "restored_by", "closed_at", "closed_by"),
        ),
        Grade.HIGH: ("body", "note"),
    }

    peer = models.CharField(max_length=40)
    type = models.CharField(max_length=64)
    version = models.PositiveIntegerField()
    conversation = models.CharField(max_length=128)
    position = models.PositiveBigIntegerField()
    act_at = models.DateTimeField()
    outcome = models.CharField(max_length=16)
    returned_at = models.DateTimeField()
    proof = models.BinaryField()
    body = EncryptedTextField()
    restored_by = models.CharField(max_length=96, blank=True, default="")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.UUIDField(null=True, blank=True)
    note = EncryptedTextField(blank=True, default="")

    class Meta:
        """What is open is listed by when it came back."""

        indexes = [
            models.Index(
                fields=["returned_at", "id"],
                condition=models.Q(closed_at__isnull=True),
                name="recovered_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.id}"
