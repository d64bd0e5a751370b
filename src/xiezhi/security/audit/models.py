"""The audit's one table: append-only, a partition for each month."""

from typing import ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from typing_extensions import override

from xiezhi.foundation.grades import FieldGrades, Grade
from xiezhi.foundation.models import GradedModel


class Outcome(models.TextChoices):
    """How an act ended."""

    DONE = "done", "已办理"
    REFUSED = "refused", "已拒绝"


class AuditEntry(GradedModel):
    """One act: who, in which post, what, on what, with which outcome.

    ``facts`` holds ids, codes and keyed digests, never personal data; see ``facts.as_fact``.
    Basis: 网络安全法 21 (logs for six months at least); GB/T 22239-2019, 8.1.4.3.
    """

    grades: ClassVar[FieldGrades] = {
        Grade.INTERNAL: (
            *("at", "actor_kind", "actor_id", "post_id", "unit_id", "purpose"),
            *("act", "subject_kind", "subject_id", "outcome", "code", "basis"),
            *("request_id", "facts"),
        ),
    }

    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=16)
    actor_id = models.UUIDField(null=True)
    post_id = models.UUIDField(null=True)
    unit_id = models.CharField(max_length=16, blank=True, default="")
    purpose = models.CharField(max_length=100, blank=True, default="")
    act = models.CharField(max_length=100)
    subject_kind = models.CharField(max_length=60, blank=True, default="")
    subject_id = models.UUIDField(null=True)
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    code = models.CharField(max_length=100, blank=True, default="")
    basis = models.CharField(max_length=200, blank=True, default="")
    request_id = models.UUIDField(null=True)
    facts = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    class Meta:
        """Read by subject, by actor and by unit, newest first."""

        indexes: ClassVar = [
            models.Index(fields=["subject_id", "-id"], name="audit_by_subject"),
            models.Index(fields=["actor_id", "-id"], name="audit_by_actor"),
            models.Index(fields=["unit_id", "-id"], name="audit_by_unit"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.act} {self.outcome}"
