"""What we receive: one row per message that passed every check, and what did not pass."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from xiezhi.exchange.models.transaction import CurrentTransaction
from xiezhi.exchange.states import INBOX, Hold, InboxState, QuarantineReason
from xiezhi.foundation.grades import FieldGrades, Grade
from xiezhi.foundation.models import GradedModel


class InboxConversation(GradedModel):
    """The next position we may apply in one conversation of one peer."""

    grades: ClassVar[FieldGrades] = {
        Grade.INTERNAL: ("src", "conversation", "next_position", "passed_over"),
    }

    src = models.CharField(max_length=40)
    conversation = models.CharField(max_length=128)
    next_position = models.PositiveBigIntegerField(default=1)
    passed_over = ArrayField(models.BigIntegerField(), default=list, db_default=[], blank=True)

    class Meta:
        """One counter per conversation and peer; positions to be passed over lie ahead of it."""

        constraints = [
            models.UniqueConstraint(
                fields=["src", "conversation"], name="inbox_conversation_is_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.src} {self.conversation}"


class InboxMessage(GradedModel):
    """One message of a peer, exactly once: ``id`` is the message id that its sender chose.

    The row, the conversation's counter and the effect commit together. ``waiting_for`` names the
    message or attachment that a held message waits for. ``receipt_due`` asks the relay to sign
    and send a receipt about ``receipt_digest`` from the row as it then stands.
    """

    grades: ClassVar[FieldGrades] = {
        Grade.INTERNAL: (
            "src",
            "epoch",
            "sequence",
            "conversation",
            "position",
            "after",
            "type",
            "version",
            "act_at",
            "sealed_at",
            "received_at",
            "settled_at",
            "transaction_id",
            "state",
            "reason",
            "waiting_for",
            "retry_at",
            "attempts",
            "header_digest",
            "receipt_digest",
            "receipt_due",
            "content_digest",
        ),
        Grade.HIGH: ("envelope",),
    }

    src = models.CharField(max_length=40)
    epoch = models.PositiveBigIntegerField()
    sequence = models.PositiveBigIntegerField()
    conversation = models.CharField(max_length=128)
    position = models.PositiveBigIntegerField()
    after = ArrayField(models.UUIDField(), default=list, blank=True)
    type = models.CharField(max_length=64)
    version = models.PositiveBigIntegerField()
    act_at = models.DateTimeField()
    sealed_at = models.DateTimeField()
    received_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    transaction_id = models.BigIntegerField(db_default=CurrentTransaction(), editable=False)
    state = models.CharField(
        max_length=16, choices=InboxState.choices, default=INBOX.initial, editable=False
    )
    reason = models.CharField(max_length=96, blank=True, default="")
    waiting_for = models.UUIDField(null=True, blank=True)
    retry_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    envelope = models.BinaryField()
    header_digest = models.CharField(max_length=128)
    receipt_digest = models.CharField(max_length=128)
    receipt_due = models.BooleanField(default=True)
    content_digest = models.CharField(max_length=128, null=True, blank=True)  # noqa: DJ001 - unknown is not empty

    class Meta:
        """Held rows and owed receipts are few; their indexes stay small for ever."""

        indexes = [
            models.Index(
                fields=["src", "conversation", "position"],
                condition=models.Q(state="held"),
                name="inbox_held_place",
            ),
            models.Index(
                fields=["waiting_for"],
                condition=models.Q(state="held", waiting_for__isnull=False),
                name="inbox_held_waiting",
            ),
            models.Index(
                fields=["src", "retry_at"],
                condition=models.Q(state="held", retry_at__isnull=False),
                name="inbox_held_retry",
            ),
            models.Index(
                fields=["src", "act_at"],
                condition=models.Q(state="held"),
                name="inbox_held_act",
            ),
            models.Index(fields=["src", "epoch", "sequence"], name="inbox_number"),
            models.Index(
                fields=["src", "id"],
                condition=models.Q(receipt_due=True),
                name="inbox_receipt_due",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.src} → {self.type}"

    @property
    def reason_label(self) -> str:
        """Say the reason in words; a refusal's code stands for itself."""
        return Hold(self.reason).label if self.reason in Hold.values else self.reason


class Quarantined(GradedModel):
    """An envelope that failed a check: shown, never believed, never part of a sequence.

    ``claimed_id`` is what the envelope says of itself and proves nothing. ``sample`` holds its
    first bytes for an investigation; the sender seals the same message again.
    """

    grades: ClassVar[FieldGrades] = {
        Grade.INTERNAL: (
            "src",
            "claimed_id",
            "fault",
            "size",
            "header_digest",
            "received_at",
            "cleared_at",
            "receipt_due",
        ),
        Grade.HIGH: ("sample",),
    }

    src = models.CharField(max_length=40)
    claimed_id = models.UUIDField(null=True, blank=True)
    fault = models.CharField(max_length=32, choices=QuarantineReason.choices)
    size = models.PositiveBigIntegerField()
    header_digest = models.CharField(max_length=128, blank=True, default="")
    received_at = models.DateTimeField()
    cleared_at = models.DateTimeField(null=True, blank=True)
    receipt_due = models.BooleanField(default=False)
    sample = models.BinaryField()

    class Meta:
        """What is open is listed; what is owed is sent; what arrives later clears."""

        indexes = [
            models.Index(
                fields=["src", "id"],
                condition=models.Q(cleared_at__isnull=True),
                name="quarantined_open",
            ),
            models.Index(
                fields=["claimed_id"],
                condition=models.Q(cleared_at__isnull=True),
                name="quarantined_claimed",
            ),
            models.Index(
                fields=["src", "id"],
                condition=models.Q(receipt_due=True),
                name="quarantined_receipt_due",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.src} {self.fault}"
