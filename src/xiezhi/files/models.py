"""The blob: one stored content, its own data key, and what is known about it."""

from typing import ClassVar
from uuid import UUID

from django.db import models
from typing_extensions import override

from xiezhi.files.states import BlobState
from xiezhi.foundation.grades import FieldGrades, Grade
from xiezhi.foundation.models import GradedModel
from xiezhi.security.keys import WrappedKey


def data_key_context(blob_id: UUID) -> bytes:
    """Bind a wrapped data key to its blob."""
    return f"xiezhi blob key|{blob_id}".encode()


class Blob(GradedModel):
    """One content. Its file is named by ``id``; ``digest`` (SM3 of the plaintext) is an attribute.

    A destroyed blob keeps its row as a trace; key, name and file are gone.
    """

    grades: ClassVar[FieldGrades] = {
        Grade.INTERNAL: (
            *("owner_id", "court_id", "size", "media_type", "pages", "state", "key_version"),
            *("created_at", "reason", "destroyed_at"),
        ),
        Grade.SENSITIVE: ("name", "digest"),
        Grade.HIGH: ("wrapped_key",),
    }

    owner_id = models.UUIDField(null=True, blank=True)
    court_id = models.CharField(max_length=16, blank=True, default="")
    name = models.CharField(max_length=200, blank=True, default="")
    digest = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    pages = models.PositiveIntegerField(null=True, blank=True)
    state = models.CharField(
        max_length=12, choices=BlobState.choices, default=BlobState.STORED, editable=False
    )
    key_version = models.PositiveIntegerField()
    wrapped_key = models.BinaryField()
    created_at = models.DateTimeField()
    reason = models.CharField(max_length=100, blank=True, default="")
    destroyed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Found by owner or court; counted and rewrapped by key version."""

        indexes: ClassVar = [
            models.Index(fields=["owner_id", "-id"], name="files_blob_by_owner"),
            models.Index(fields=["court_id", "-id"], name="files_blob_by_court"),
            models.Index(fields=["key_version"], name="files_blob_by_key"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="files_blob_destroyed_has_no_key",
                condition=~models.Q(state=BlobState.DESTROYED)
                | models.Q(wrapped_key=b"", name="", destroyed_at__isnull=False),
            ),
        ]

    @override
    def __str__(self) -> str:
        return str(self.pk)

    @property
    def sealed_key(self) -> WrappedKey:
        """Return the data key as it is wrapped under the site's master key."""
        return WrappedKey(self.key_version, bytes(self.wrapped_key))
