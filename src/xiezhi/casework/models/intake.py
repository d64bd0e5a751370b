"""Intake (收案): one application received, before it is a case."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from typing_extensions import override

from xiezhi.casework.states import INTAKE, IntakeState
from xiezhi.foundation.grades import FieldGrades, Grade
from xiezhi.foundation.ids import uuid7
from xiezhi.foundation.models import GradedModel
from xiezhi.security.fields import EncryptedJSONField, EncryptedTextField


class Intake(GradedModel):
    """One application as it was received. State changes only through the acts in ``actions``.

    Three dates, never one: ``submitted_at`` (the participant's act, kept for ever),
    ``review_started_on`` (begins the period of review, anew with each correction) and the filing
    date, which belongs to the case. Names stand in clear so that they can be searched; the
    payload and the applicant are encrypted whole.
    """

    grades: ClassVar[FieldGrades] = {
        Grade.INTERNAL: (
            *("court_id", "source_site", "application_id", "applicant_ref", "receipt_number"),
            *("kind", "kind_version", "state", "submitted_at", "received_at", "cause"),
            *("review_started_on", "review_due_on", "decided_at", "decided_by", "decision_basis"),
            *("events", "case"),
        ),
        Grade.SENSITIVE: ("parties_line", "claim_amount"),
        Grade.HIGH: ("payload", "applicant", "decision_reason"),
    }

    court_id = models.CharField(max_length=16)
    source_site = models.CharField(max_length=32)
    application_id = models.UUIDField()
    applicant_ref = models.UUIDField()
    receipt_number = models.CharField(max_length=200)
    kind = models.CharField(max_length=100)
    kind_version = models.PositiveSmallIntegerField()
    cause = models.CharField(max_length=200)
    parties_line = models.CharField(max_length=400)
    claim_amount = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    payload = EncryptedJSONField()
    applicant = EncryptedJSONField()
    state = models.CharField(
        max_length=16, choices=IntakeState.choices, default=INTAKE.initial, editable=False
    )
    submitted_at = models.DateTimeField()
    received_at = models.DateTimeField()
    review_started_on = models.DateField()
    review_due_on = models.DateField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)
    decision_basis = models.CharField(max_length=200, blank=True, default="")
    decision_reason = EncryptedTextField(blank=True, default="")
    events = models.PositiveIntegerField(default=0)
    case = models.OneToOneField(
        "casework.Case", on_delete=models.PROTECT, null=True, related_name="intake"
    )

    class Meta:
        """Unique per source; decided if and only if the decision is complete."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["court_id", "source_site", "application_id"], name="casework_intake_once"
            ),
            models.CheckConstraint(
                condition=models.Q(state=IntakeState.ACCEPTED, case__isnull=False)
                | (~models.Q(state=IntakeState.ACCEPTED) & models.Q(case__isnull=True)),
                name="casework_intake_accepted_has_case",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=IntakeState.REJECTED)
                | (~models.Q(decision_basis="") & models.Q(decided_at__isnull=False)),
                name="casework_intake_rejected_has_basis",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["court_id", "state", "review_due_on"], name="casework_intake_queue"
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.receipt_number


class IntakeMaterial(GradedModel):
    """One material of an application; its content may still be on its way, or was turned back.

    ``source_blob_id`` is the sender's name of the content, ``blob_id`` ours once it is here;
    ``lineage`` names the material through all its versions, in the e-file too.
    """

    grades: ClassVar[FieldGrades] = {
        Grade.INTERNAL: (
            *("court_id", "intake", "source_blob_id", "blob_id", "lineage", "position"),
            *("category", "media_type", "size", "pages", "digest", "arrived_at", "fault"),
        ),
        Grade.SENSITIVE: ("name",),
    }

    court_id = models.CharField(max_length=16)
    intake = models.ForeignKey(Intake, on_delete=models.PROTECT, related_name="materials")
    source_blob_id = models.UUIDField()
    blob_id = models.UUIDField(null=True)
    lineage = models.UUIDField(default=uuid7, editable=False)
    position = models.PositiveSmallIntegerField()
    category = models.CharField(max_length=200)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    pages = models.PositiveIntegerField()
    digest = models.CharField(max_length=200)
    arrived_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        """Kept in the order in which the participant gave them."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["court_id", "intake", "position"], name="casework_material_position"
            ),
            models.CheckConstraint(
                condition=models.Q(blob_id__isnull=True, arrived_at__isnull=True)
                | models.Q(blob_id__isnull=False, arrived_at__isnull=False),
                name="casework_material_arrived_whole",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["court_id", "source_blob_id"], name="casework_material_source"),
        ]
        ordering: ClassVar = ["position"]

    @override
    def __str__(self) -> str:
        return f"material {self.position} of {self.intake_id}"
