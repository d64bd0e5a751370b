"""Accounts (对账): whether both sites hold the same messages of a day, and what differs."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from xiezhi.exchange.states import ACCOUNT, AccountState, Direction, FindingKind
from xiezhi.foundation.grades import FieldGrades, Grade
from xiezhi.foundation.models import GradedModel


class Reconciliation(GradedModel):
    """The messages of one Shanghai day in one direction between us and a peer.

    ``own_*`` is what we counted, ``peer_*`` what the peer said last; hours are pairs of count and
    root. ``account_id`` is the account under discussion. ``statement_due`` asks the relay to sign
    what we counted: an account of what we sent, or our word on an account of the peer's.
    ``due_at`` is when to draw the account again; it is null once nothing is open. ``drilled`` names
    the pair of roots whose details were last sent.
    """

    grades: ClassVar[FieldGrades] = {
        Grade.INTERNAL: (
            "peer",
            "direction",
            "day",
            "state",
            "own_count",
            "own_root",
            "own_hours",
            "peer_count",
            "peer_root",
            "peer_hours",
            "open_count",
            "account_id",
            "statement_due",
            "due_at",
            "drilled",
            "drilled_at",
            "compared_at",
            "explained_by",
        ),
        Grade.SENSITIVE: ("explanation",),
    }

    peer = models.CharField(max_length=40)
    direction = models.CharField(max_length=3, choices=Direction.choices)
    day = models.DateField()
    state = models.CharField(
        max_length=16, choices=AccountState.choices, default=ACCOUNT.initial, editable=False
    )
    own_count = models.PositiveBigIntegerField(default=0)
    own_root = models.CharField(max_length=128, blank=True, default="")
    own_hours = models.JSONField(default=list, blank=True)
    peer_count = models.PositiveBigIntegerField(null=True, blank=True)
    peer_root = models.CharField(max_length=128, blank=True, default="")
    peer_hours = models.JSONField(default=list, blank=True)
    open_count = models.PositiveBigIntegerField(default=0)
    account_id = models.UUIDField(null=True, blank=True)
    statement_due = models.BooleanField(default=False)
    due_at = models.DateTimeField(null=True, blank=True)
    drilled = models.CharField(max_length=260, blank=True, default="")
    drilled_at = models.DateTimeField(null=True, blank=True)
    compared_at = models.DateTimeField(null=True, blank=True)
    explanation = models.TextField(blank=True, default="")
    explained_by = models.UUIDField(null=True, blank=True)

    class Meta:
        """One row per peer, direction and day; what is due and what is open are few."""

        constraints = [
            models.UniqueConstraint(
                fields=["peer", "direction", "day"], name="reconciliation_is_unique"
            )
        ]
        indexes = [
            models.Index(
                fields=["peer", "due_at"],
                condition=models.Q(due_at__isnull=False),
                name="reconciliation_due",
            ),
            models.Index(
                fields=["peer", "id"],
                condition=models.Q(statement_due=True),
                name="reconciliation_statement_due",
            ),
            models.Index(
                fields=["peer", "day"],
                condition=models.Q(state__in=("pending", "differs")),
                name="reconciliation_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.peer} {self.direction} {self.day}"

    @property
    def roots(self) -> str:
        """Name what stands against what: our root and the peer's."""
        return f"{self.own_root}:{self.peer_root}"


class ReconciliationFinding(GradedModel):
    """One message that one side lacks, or that both hold with another content."""

    grades: ClassVar[FieldGrades] = {
        Grade.INTERNAL: (
            "reconciliation",
            "message_id",
            "kind",
            "own_digest",
            "peer_digest",
            "found_at",
            "closed_at",
        ),
    }

    reconciliation = models.ForeignKey(
        Reconciliation, on_delete=models.PROTECT, related_name="findings"
    )
    message_id = models.UUIDField()
    kind = models.CharField(max_length=16, choices=FindingKind.choices)
    own_digest = models.CharField(max_length=128, blank=True, default="")
    peer_digest = models.CharField(max_length=128, blank=True, default="")
    found_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """One finding per message and day; the open ones are few."""

        constraints = [
            models.UniqueConstraint(
                fields=["reconciliation", "message_id"], name="reconciliation_finding_is_unique"
            )
        ]
        indexes = [
            models.Index(
                fields=["reconciliation", "message_id"],
                condition=models.Q(closed_at__isnull=True),
                name="reconciliation_finding_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.message_id} {self.kind}"
