"""Gaps that somebody closed: a position that will never be applied, with the reason."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from xiezhi.exchange.models.directions import Direction
from xiezhi.foundation.grades import FieldGrades, Grade
from xiezhi.foundation.models import GradedModel
from xiezhi.security.fields import EncryptedTextField


class Skip(GradedModel):
    """One position passed over by an operator; both sites keep it, the peer by a signed message.

    ``message_id`` is the message that stood there, where one did. ``notice_id`` is the signed
    message that tells the peer, or told us. The reason is a person's words and is kept encrypted.
    """

    grades: ClassVar[FieldGrades] = {
        Grade.INTERNAL: (
            *("peer", "direction", "conversation", "position", "message_id", "notice_id"),
            *("decided_at", "decided_by", "decided_here"),
        ),
        Grade.HIGH: ("reason",),
    }

    peer = models.CharField(max_length=40)
    direction = models.CharField(max_length=3, choices=Direction.choices)
    conversation = models.CharField(max_length=128)
    position = models.PositiveBigIntegerField()
    message_id = models.UUIDField(null=True, blank=True)
    notice_id = models.UUIDField()
    reason = EncryptedTextField()
    decided_at = models.DateTimeField()
    decided_by = models.UUIDField(null=True, blank=True)
    decided_here = models.BooleanField()

    class Meta:
        """A position is passed over once."""

        constraints = [
            models.UniqueConstraint(
                fields=["peer", "direction", "conversation", "position"], name="skip_once"
            )
        ]
        indexes = [models.Index(fields=["notice_id"], name="skip_notice")]

    def __str__(self) -> str:
        return f"{self.peer} {self.conversation} {self.position}"
