"""The application (申请) as its owner has it, what happened to it, and a version set aside."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from typing_extensions import override

from xiezhi.contracts.application import APPLICATION, ApplicationState
from xiezhi.foundation.grades import FieldGrades, Grade
from xiezhi.foundation.models import GradedModel
from xiezhi.security.fields import EncryptedJSONField, EncryptedTextField


class Application(GradedModel):
    """One application: the draft until it is submitted, afterwards what was submitted.

    Everything below ``submitted_at`` is a projection of what the court said. ``marks`` holds, per
    section of the form, the revision of its last change and the page that made it.
    """

    grades: ClassVar[FieldGrades] = {
        Grade.INTERNAL: (
            *("owner_id", "kind", "kind_version", "court_id", "state", "revision", "marks"),
            *("started_at", "changed_at", "submitted_at", "receipt_number", "message_id"),
            *("digest", "consented_at", "received_at", "review_started_at", "review_due_on"),
            *("case_id", "filing_date", "decided_at", "basis"),
        ),
        Grade.SENSITIVE: ("title", "case_number", "cause"),
        Grade.HIGH: ("payload", "reason"),
    }

    owner_id = models.UUIDField()
    kind = models.CharField(max_length=100)
    kind_version = models.PositiveSmallIntegerField()
    court_id = models.CharField(max_length=16)
    title = models.CharField(max_length=200)
    state = models.CharField(
        max_length=16, choices=ApplicationState.choices, default=APPLICATION.initial, editable=False
    )
    payload = EncryptedJSONField()
    revision = models.PositiveIntegerField(default=0)
    marks = models.JSONField(default=dict)
    started_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    submitted_at = models.DateTimeField(null=True)
    receipt_number = models.CharField(max_length=40, null=True, unique=True)  # noqa: DJ001
    message_id = models.UUIDField(null=True)
    digest = models.CharField(max_length=64, default="", blank=True)
    consented_at = models.DateTimeField(null=True)

    received_at = models.DateTimeField(null=True)
    review_started_at = models.DateTimeField(null=True)
    review_due_on = models.DateField(null=True)
    case_id = models.UUIDField(null=True)
    case_number = models.CharField(max_length=60, default="", blank=True)
    cause = models.CharField(max_length=100, default="", blank=True)
    filing_date = models.DateField(null=True)
    decided_at = models.DateTimeField(null=True)
    reason = EncryptedTextField(null=True)
    basis = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        """Listed per owner, the latest change first; what was submitted has its proof."""

        indexes: ClassVar = [
            models.Index(fields=["owner_id", "-changed_at"], name="desk_application_by_owner"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=("draft", "abandoned"))
                | Q(
                    submitted_at__isnull=False,
                    receipt_number__isnull=False,
                    message_id__isnull=False,
                    consented_at__isnull=False,
                ),
                name="desk_submitted_has_its_receipt",
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted") | (Q(case_id__isnull=False) & ~Q(case_number="")),
                name="desk_accepted_has_its_case",
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.receipt_number or str(self.pk)

    @property
    def is_draft(self) -> bool:
        """Tell whether its owner may still change it."""
        return self.state == ApplicationState.DRAFT


class ApplicationEvent(GradedModel):
    """One thing that happened in the conversation; appended, never changed.

    ``facts`` holds ids, dates and digests, never personal data.
    """

    grades: ClassVar[FieldGrades] = {
        Grade.INTERNAL: (
            *("application_id", "owner_id", "seq", "kind", "version", "occurred_at"),
            *("recorded_at", "actor_kind", "actor_id", "purpose", "basis", "facts"),
        ),
    }

    application_id = models.UUIDField()
    owner_id = models.UUIDField()
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField()
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    actor_kind = models.CharField(max_length=16)
    actor_id = models.UUIDField(null=True)
    purpose = models.CharField(max_length=60, default="", blank=True)
    basis = models.CharField(max_length=200)
    facts = models.JSONField(default=dict)

    class Meta:
        """Read per application, in order."""

        indexes: ClassVar = [
            models.Index(fields=["application_id", "seq"], name="desk_event_by_application"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.kind} {self.seq}"


class SetAsideVersion(GradedModel):
    """A section as it was typed on one device while another had already saved it differently.

    Neither version overwrites the other; the owner chooses.
    """

    grades: ClassVar[FieldGrades] = {
        Grade.INTERNAL: ("application", "owner_id", "section", "set_aside_at"),
        Grade.HIGH: ("values",),
    }

    application = models.ForeignKey(Application, models.CASCADE, related_name="set_aside")
    owner_id = models.UUIDField()
    section = models.CharField(max_length=60)
    values = EncryptedJSONField()
    set_aside_at = models.DateTimeField()

    class Meta:
        """One per section: the newest typing."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["application", "section"], name="desk_one_set_aside_per_section"
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.application_id} {self.section}"
