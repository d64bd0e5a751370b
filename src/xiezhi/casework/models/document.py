"""The e-file (电子卷宗): versioned documents, its manifests, the court's instruments."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from typing_extensions import override

from xiezhi.casework.models.case import Case, Participation
from xiezhi.foundation.grades import FieldGrades, Grade
from xiezhi.foundation.models import GradedModel


class Volume(models.TextChoices):
    """The two volumes of a file (正卷、副卷)."""

    MAIN = "main", "正卷"
    SEALED = "sealed", "副卷"


class Source(models.TextChoices):
    """Where a document came from."""

    PARTICIPANT = "participant", "当事人提交"
    COURT = "court", "法院制发"


class Document(GradedModel):
    """One version of one document of a case. Append-only: a new version is a new row.

    ``lineage`` names the document through all its versions. A version without ``blob_id`` was
    listed by its sender but has not arrived: the content comes as the next version.
    """

    grades: ClassVar[FieldGrades] = {
        Grade.INTERNAL: (
            *("court_id", "case", "lineage", "version", "position", "volume", "source"),
            *("category", "blob_id", "media_type", "size", "pages", "digest", "added_at"),
            "added_by",
        ),
        Grade.SENSITIVE: ("name",),
    }

    court_id = models.CharField(max_length=16)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="documents")
    lineage = models.UUIDField()
    version = models.PositiveSmallIntegerField(default=1)
    position = models.PositiveIntegerField()
    volume = models.CharField(max_length=10, choices=Volume.choices, default=Volume.MAIN)
    source = models.CharField(max_length=16, choices=Source.choices)
    category = models.CharField(max_length=200)
    name = models.CharField(max_length=200)
    blob_id = models.UUIDField(null=True)
    media_type = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    pages = models.PositiveIntegerField()
    digest = models.CharField(max_length=200)
    added_at = models.DateTimeField()
    added_by = models.UUIDField(null=True)

    class Meta:
        """Never overwritten: one row per version, one place per row."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["court_id", "case", "lineage", "version"], name="casework_document_version"
            ),
            models.UniqueConstraint(
                fields=["court_id", "case", "position"], name="casework_document_position"
            ),
        ]
        ordering: ClassVar = ["position"]

    @override
    def __str__(self) -> str:
        return f"document {self.position} of {self.case_id}"


class Manifest(GradedModel):
    """What the e-file of a case held after each change: count and digests, append-only.

    ``entries`` lists ``[document id, digest]`` by position, so that a missing item is found and
    named; ``digest`` covers the entries and the manifest before.
    """

    grades: ClassVar[FieldGrades] = {
        Grade.INTERNAL: ("court_id", "case", "revision", "count", "entries", "digest", "made_at"),
    }

    court_id = models.CharField(max_length=16)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="manifests")
    revision = models.PositiveIntegerField()
    count = models.PositiveIntegerField()
    entries = models.JSONField()
    digest = models.CharField(max_length=128)
    made_at = models.DateTimeField()

    class Meta:
        """One row per change of the e-file."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["court_id", "case", "revision"], name="casework_manifest_revision"
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"manifest {self.revision} of {self.case_id}"


class Instrument(GradedModel):
    """One document the court issued (文书): style, number with suffix, code for checking it."""

    grades: ClassVar[FieldGrades] = {
        Grade.INTERNAL: (
            *("court_id", "case", "style", "title", "ordinal", "number", "addressee", "document"),
            *("verification_code", "issued_at", "issued_by"),
        ),
    }

    court_id = models.CharField(max_length=16)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="instruments")
    style = models.CharField(max_length=60)
    title = models.CharField(max_length=100)
    ordinal = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=80)
    addressee = models.ForeignKey(
        Participation, on_delete=models.PROTECT, null=True, related_name="instruments"
    )
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="instrument")
    verification_code = models.CharField(max_length=32)
    issued_at = models.DateTimeField()
    issued_by = models.UUIDField(null=True)

    class Meta:
        """Several of one style are told apart by their ordinal, which makes the suffix."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["court_id", "case", "style", "ordinal"], name="casework_instrument_ordinal"
            ),
            models.UniqueConstraint(
                fields=["court_id", "verification_code"], name="casework_instrument_code"
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.style} {self.number}"
