"""Attachments of the bulk lane, as sent and as received."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from xiezhi.exchange.states import AttachmentState, TransferState
from xiezhi.foundation.grades import FieldGrades, Grade
from xiezhi.foundation.models import GradedModel


class OutboxAttachment(GradedModel):
    """One blob on its way to one peer; sent once, however many messages name it.

    ``here`` lists the parts that the peer says it has, ``sent`` those that left since the last
    time anything was put back. ``due_at`` is when to send again what is missing; it is null
    while parts wait and once the peer has told the outcome. ``told_at`` is the peer's own time
    of its last word.
    """

    grades: ClassVar[FieldGrades] = {
        Grade.INTERNAL: (
            *("dst", "blob_id", "size", "state", "sent_at", "attempts", "here", "sent"),
            *("due_at", "told_at", "reason"),
        ),
    }

    dst = models.CharField(max_length=40)
    blob_id = models.UUIDField()
    size = models.PositiveBigIntegerField(default=0, db_default=0)
    state = models.CharField(
        max_length=16,
        choices=AttachmentState.choices,
        default=AttachmentState.PENDING,
        editable=False,
    )
    sent_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    here = ArrayField(models.PositiveIntegerField(), default=list, db_default=[], blank=True)
    sent = ArrayField(models.PositiveIntegerField(), default=list, db_default=[], blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=96, blank=True, default="", db_default="")

    class Meta:
        """One row per blob and peer; what waits is found at once, the small ones first."""

        constraints = [
            models.UniqueConstraint(fields=["dst", "blob_id"], name="outbox_attachment_is_unique")
        ]
        indexes = [
            models.Index(
                fields=["dst", "attempts", "size", "id"],
                condition=models.Q(state="pending"),
                name="outbox_attachment_next",
            ),
            models.Index(
                fields=["dst", "due_at"],
                condition=models.Q(due_at__isnull=False),
                name="outbox_attachment_due",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.blob_id} → {self.dst}"


class InboxTransfer(GradedModel):
    """The parts of one attachment of a peer: which are here, and what came of the whole.

    The parts lie sealed in the site's staging folder until all are here. ``open_at`` is when to
    open them; it is null until then. ``tell_at`` is when to tell the sender how far it has come;
    it is null while there is nothing new. ``attempts`` counts openings that failed.
    """

    grades: ClassVar[FieldGrades] = {
        Grade.INTERNAL: (
            *("src", "attachment_id", "size", "here", "state", "reason", "attempts"),
            *("began_at", "open_at", "tell_at", "told_at"),
        ),
    }

    src = models.CharField(max_length=40)
    attachment_id = models.UUIDField()
    size = models.PositiveBigIntegerField()
    here = ArrayField(models.PositiveIntegerField(), default=list, blank=True)
    state = models.CharField(
        max_length=16,
        choices=TransferState.choices,
        default=TransferState.ARRIVING,
        editable=False,
    )
    reason = models.CharField(max_length=96, blank=True, default="")
    attempts = models.PositiveIntegerField(default=0)
    began_at = models.DateTimeField()
    open_at = models.DateTimeField(null=True, blank=True)
    tell_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """One row per attachment; what is to be opened or told is found at once."""

        constraints = [
            models.UniqueConstraint(
                fields=["src", "attachment_id"], name="inbox_transfer_is_unique"
            )
        ]
        indexes = [
            models.Index(
                fields=["src", "open_at"],
                condition=models.Q(open_at__isnull=False),
                name="inbox_transfer_open",
            ),
            models.Index(
                fields=["src", "tell_at"],
                condition=models.Q(tell_at__isnull=False),
                name="inbox_transfer_tell",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.src} {self.attachment_id}"


class AwaitedAttachment(GradedModel):
    """An attachment that a message was applied without; the row goes when its app was told."""

    grades: ClassVar[FieldGrades] = {
        Grade.INTERNAL: ("src", "attachment_id", "message_id"),
    }

    src = models.CharField(max_length=40)
    attachment_id = models.UUIDField()
    message_id = models.UUIDField()

    class Meta:
        """A message waits for each of its attachments once."""

        constraints = [
            models.UniqueConstraint(
                fields=["src", "attachment_id", "message_id"], name="awaited_attachment_is_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.message_id} waits for {self.attachment_id}"


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
