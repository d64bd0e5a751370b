"""Attachments of the bulk lane, as sent and as received."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from xiezhi.exchange.states import AttachmentState
from xiezhi.foundation.grades import FieldGrades, Grade
from xiezhi.foundation.models import GradedModel


class OutboxAttachment(GradedModel):
    """One blob on its way to one peer; sent once, however many messages name it."""

    grades: ClassVar[FieldGrades] = {
        Grade.INTERNAL: ("dst", "blob_id", "state", "sent_at", "attempts"),
    }

    dst = models.CharField(max_length=40)
    blob_id = models.UUIDField()
    state = models.CharField(
        max_length=16,
        choices=AttachmentState.choices,
        default=AttachmentState.PENDING,
        editable=False,
    )
    sent_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)

    class Meta:
        """One row per blob and peer; what waits is found at once."""

        constraints = [
            models.UniqueConstraint(fields=["dst", "blob_id"], name="outbox_attachment_is_unique")
        ]
        indexes = [
            models.Index(
                fields=["dst", "id"],
                condition=models.Q(state="pending"),
                name="outbox_attachment_pending",
            )
        ]

    def __str__(self) -> str:
        return f"{self.blob_id} → {self.dst}"


class InboxAttachment(GradedModel):
    """One attachment of a peer: ``attachment_id`` is the sender's, ``blob_id`` is ours.

    A rejected one keeps its finding; the act it belongs to is applied all the same.
    """

    grades: ClassVar[FieldGrades] = {
        Grade.INTERNAL: (
            "src",
            "attachment_id",
            "blob_id",
            "digest",
            "size",
            "media_type",
            "pages",
            "state",
            "reason",
            "received_at",
        ),
    }

    src = models.CharField(max_length=40)
    attachment_id = models.UUIDField()
    blob_id = models.UUIDField(null=True, blank=True)
    digest = models.CharField(max_length=128)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=128)
    pages = models.PositiveIntegerField(null=True, blank=True)
    state = models.CharField(
        max_length=16,
        choices=AttachmentState.choices,
        default=AttachmentState.STORED,
        editable=False,
    )
    reason = models.CharField(max_length=96, blank=True, default="")
    received_at = models.DateTimeField()

    class Meta:
        """Received once, however often it is sent."""

        constraints = [
            models.UniqueConstraint(
                fields=["src", "attachment_id"], name="inbox_attachment_is_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.src} {self.attachment_id}"
