"""Cases (案件), their claims, parties and participations."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from typing_extensions import override

from xiezhi.casework.models.numbers import IssuedNumber
from xiezhi.casework.states import CASE, CaseState
from xiezhi.contracts.payloads import PARTY_KIND_LABELS, PARTY_ROLE_LABELS
from xiezhi.foundation.grades import FieldGrades, Grade
from xiezhi.foundation.models import GradedModel
from xiezhi.security.fields import BlindIndexField, EncryptedTextField
from xiezhi.security.fields import id_number as plain_id_number

PARTY_ROLES = [(str(role.value), label) for role, label in PARTY_ROLE_LABELS.items()]
PARTY_KINDS = [(str(kind.value), label) for kind, label in PARTY_KIND_LABELS.items()]


class Case(GradedModel):
    """One case under its number. Deadlines are computed from its events, never stored here."""

    grades: ClassVar[FieldGrades] = {
        Grade.PUBLIC: ("court_id", "case_number", "cause", "filing_date"),
        Grade.INTERNAL: ("number", "type_code", "state", "events", "created_at"),
        Grade.SENSITIVE: ("parties_line", "claim_amount"),
    }

    court_id = models.CharField(max_length=16)
    number = models.OneToOneField(IssuedNumber, on_delete=models.PROTECT, related_name="case")
    case_number = models.CharField(max_length=60)
    type_code = models.CharField(max_length=8)
    cause = models.CharField(max_length=200)
    parties_line = models.CharField(max_length=400)
    filing_date = models.DateField()
    claim_amount = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    state = models.CharField(
        max_length=16, choices=CaseState.choices, default=CASE.initial, editable=False
    )
    events = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()

    class Meta:
        """One case per number; listed newest first."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["court_id", "case_number"], name="casework_case_number_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["court_id", "-filing_date", "-id"], name="casework_case_list"),
        ]

    @override
    def __str__(self) -> str:
        return self.case_number


class Claim(GradedModel):
    """One claim (诉讼请求) as it stands."""

    grades: ClassVar[FieldGrades] = {
        Grade.INTERNAL: ("court_id", "case", "position"),
        Grade.SENSITIVE: ("text", "amount"),
    }

    court_id = models.CharField(max_length=16)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="claims")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=1000)
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True)

    class Meta:
        """In the order of the complaint."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["court_id", "case", "position"], name="casework_claim_position"
            ),
        ]
        ordering: ClassVar = ["position"]

    @override
    def __str__(self) -> str:
        return f"claim {self.position} of {self.case_id}"


class Party(GradedModel):
    """One party (当事人) of a case: the name in clear, everything that identifies encrypted."""

    grades: ClassVar[FieldGrades] = {
        Grade.INTERNAL: ("court_id", "case", "position", "role", "kind", "id_number_index"),
        Grade.SENSITIVE: ("name",),
        Grade.HIGH: ("id_number", "phone", "address"),
    }

    court_id = models.CharField(max_length=16)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="parties")
    position = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=20, choices=PARTY_ROLES)
    kind = models.CharField(max_length=20, choices=PARTY_KINDS)
    name = models.CharField(max_length=200)
    id_number = EncryptedTextField(blank=True, default="")
    id_number_index = BlindIndexField(source="id_number", normalise=plain_id_number, db_index=False)
    phone = EncryptedTextField(blank=True, default="")
    address = EncryptedTextField(blank=True, default="")

    class Meta:
        """Searched by name within a court."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["court_id", "case", "position"], name="casework_party_position"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["court_id", "name"], name="casework_party_by_name"),
            models.Index(fields=["court_id", "id_number_index"], name="casework_party_by_id"),
        ]
        ordering: ClassVar = ["position"]

    @override
    def __str__(self) -> str:
        return f"party {self.position} of {self.case_id}"


class Participation(GradedModel):
    """How one person takes part in a case; everything the court says is addressed to one.

    ``id`` is the participation id that other sites know. ``account_ref`` is the account there,
    opaque here; while it is empty nobody has claimed the participation and messages wait.
    """

    grades: ClassVar[FieldGrades] = {
        Grade.INTERNAL: (
            *("court_id", "case", "party", "capacity", "site_id", "account_ref", "claimed_at"),
        ),
    }

    court_id = models.CharField(max_length=16)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="participations")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="participations")
    capacity = models.CharField(max_length=40)
    site_id = models.CharField(max_length=32, blank=True, default="")
    account_ref = models.UUIDField(null=True)
    claimed_at = models.DateTimeField(null=True)

    class Meta:
        """Claimed if and only if a site, an account and a time say so."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(account_ref__isnull=True, claimed_at__isnull=True, site_id="")
                | (
                    models.Q(account_ref__isnull=False, claimed_at__isnull=False)
                    & ~models.Q(site_id="")
                ),
                name="casework_participation_claim_whole",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["court_id", "case"], name="casework_participation_case"),
        ]

    @override
    def __str__(self) -> str:
        return f"participation {self.pk}"
