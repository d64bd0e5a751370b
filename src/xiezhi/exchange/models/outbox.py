"""What we send: one row per message, from the act's transaction to the peer's receipt."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from xiezhi.exchange.models.transaction import CurrentTransaction
from xiezhi.exchange.states import OUTBOX, Hold, OutboxState, PeerLacks
from xiezhi.foundation.grades import FieldGrades, Grade
from xiezhi.foundation.models import GradedModel
from xiezhi.security.fields import EncryptedTextField


class OutboxConversation(GradedModel):
    """The counter of one conversation towards one peer; its lock keeps positions gap-free."""

    grades: ClassVar[FieldGrades] = {
        Grade.INTERNAL: ("dst", "conversation", "next_position"),
    }

    dst = models.CharField(max_length=40)
    conversation = models.CharField(max_length=128)
    next_position = models.PositiveBigIntegerField(default=1)

    class Meta:
        """One counter per conversation and peer."""

        constraints = [
            models.UniqueConstraint(
                fields=["dst", "conversation"], name="outbox_conversation_is_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.dst} {self.conversation}"


class OutboxMessage(GradedModel):
    """One message of ours.

    ``id`` is the message id and the partition key. ``body`` is encrypted at rest and emptied once
    the peer has settled the message; ``envelope`` is what was sealed last and is kept.
    ``transaction_id`` is the transaction that wrote the row: watermarks are computed from it.
    ``due_at`` is when to send again; it is null as long as, and as soon as, nothing is owed.
    ``salt`` hides the body in every digest that travels in the clear; it goes with the body.
    ``content_digest`` is the message's part of the day's account, known when it has been sealed.
    """

    grades: ClassVar[FieldGrades] = {
        Grade.INTERNAL: (
            "dst",
            "conversation",
            "position",
            "after",
            "type",
            "version",
            "act_at",
            "posted_at",
            "transaction_id",
            "state",
            "attachments",
            "epoch",
            "sequence",
            "envelope",
            "header_digests",
            "sealed_at",
            "sent_at",
            "due_at",
            "attempts",
            "outcome",
            "reason",
            "receipt_id",
            "peer_received_at",
            "acknowledged_at",
            "content_digest",
        ),
        Grade.HIGH: ("body", "salt"),
    }

    dst = models.CharField(max_length=40)
    conversation = models.CharField(max_length=128)
    position = models.PositiveBigIntegerField()
    after = ArrayField(models.UUIDField(), default=list, blank=True)
    type = models.CharField(max_length=64)
    version = models.PositiveIntegerField()
    act_at = models.DateTimeField()
    posted_at = models.DateTimeField(db_default=Now())
    transaction_id = models.BigIntegerField(db_default=CurrentTransaction(), editable=False)
    state = models.CharField(
        max_length=16, choices=OutboxState.choices, default=OUTBOX.initial, editable=False
    )
    body = EncryptedTextField(null=True, blank=True)
    salt = models.BinaryField(null=True, blank=True)
    attachments = models.JSONField(default=list, blank=True)
    epoch = models.PositiveBigIntegerField(null=True, blank=True)
    sequence = models.PositiveBigIntegerField(null=True, blank=True)
    envelope = models.BinaryField(null=True, blank=True)
    header_digests = ArrayField(models.CharField(max_length=128), default=list, blank=True)
    sealed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    outcome = models.CharField(max_length=16, blank=True, default="")
    reason = models.CharField(max_length=96, blank=True, default="")
    receipt_id = models.UUIDField(null=True, blank=True)
    peer_received_at = models.DateTimeField(null=True, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    content_digest = models.CharField(max_length=128, null=True, blank=True)  # noqa: DJ001 - unknown is not empty

    class Meta:
        """Every query of the relay and of the operators' page has its partial index."""

        indexes = [
            models.Index(
                fields=["dst", "id"], condition=models.Q(state="pending"), name="outbox_pending"
            ),
            models.Index(
                fields=["dst", "id"], condition=models.Q(state="sealed"), name="outbox_sealed"
            ),
            models.Index(
                fields=["dst", "id"], condition=models.Q(state="sent"), name="outbox_sent"
            ),
            models.Index(
                fields=["dst", "due_at"],
                condition=models.Q(due_at__isnull=False),
                name="outbox_due",
            ),
            models.Index(
                fields=["dst", "act_at"],
                condition=models.Q(state__in=["pending", "sealed"], sent_at__isnull=True),
                name="outbox_unsent_act",
            ),
            models.Index(fields=["dst", "epoch", "sequence"], name="outbox_number"),
        ]

    def __str__(self) -> str:
        return f"{self.type} → {self.dst}"

    @property
    def outcome_label(self) -> str:
        """Say in words what the peer answered, or why the message has not left."""
        words = {"held": "对方已暂存", "quarantined": "对方未能核验，将重新封装"}
        reason = Hold(self.reason).label if self.reason in Hold.values else ""
        if self.reason in PeerLacks.values:
            return PeerLacks(self.reason).label
        if self.outcome not in words:
            return "无法封装，请联系维护人员" if self.reason else ""
        return f"{words[self.outcome]}：{reason}" if reason else words[self.outcome]


class Receipt(GradedModel):
    """A signed receipt that a peer sent us, kept as evidence; added, never changed.

    One receipt speaks of several messages; each of them names the receipt that settled it.
    """

    grades: ClassVar[FieldGrades] = {
        Grade.INTERNAL: ("src", "message_ids", "taken_at", "envelope"),
    }

    src = models.CharField(max_length=40)
    message_ids = ArrayField(models.UUIDField())
    taken_at = models.DateTimeField()
    envelope = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.src} {self.id}"
