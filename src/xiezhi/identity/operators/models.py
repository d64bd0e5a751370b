"""The account of an operator, and its recovery codes."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from typing_extensions import override

from xiezhi.foundation.grades import FieldGrades, Grade
from xiezhi.foundation.models import GradedModel
from xiezhi.identity.operators.roles import Role
from xiezhi.security import fields as secure


class Operator(AbstractBaseUser, GradedModel):
    """One operator of this site. It has no court, no case and no pages of people.

    ``last_step`` is the number of the half minute whose code was used last: a code is taken once.
    Of a ``demonstration`` account the command line may tell the code.
    """

    grades: ClassVar[FieldGrades] = {
        Grade.INTERNAL: (
            *("login_name", "name", "role", "is_active", "last_step", "last_login"),
            *("opened_at", "demonstration"),
        ),
        Grade.HIGH: ("password", "secret"),
    }

    login_name = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=50)
    role = models.CharField(max_length=40, choices=Role.choices)
    secret = secure.EncryptedTextField()
    last_step = models.BigIntegerField(default=0)
    is_active = models.BooleanField(default=True)
    demonstration = models.BooleanField(default=False)
    opened_at = models.DateTimeField()

    objects = BaseUserManager()

    USERNAME_FIELD = "login_name"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    @override
    def __str__(self) -> str:
        return self.login_name

    @property
    def role_label(self) -> str:
        """Return the name of the role."""
        return Role(self.role).label


class RecoveryCode(GradedModel):
    """One code for the day the telephone is lost: kept as a digest, good for one login."""

    grades: ClassVar[FieldGrades] = {
        Grade.INTERNAL: ("operator", "used_at"),
        Grade.HIGH: ("digest",),
    }

    operator = models.ForeignKey(Operator, on_delete=models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    class Meta:
        """Only codes that are not used yet are looked for."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["operator", "digest"], name="identity_operators_code_once"
            ),
        ]

    @override
    def __str__(self) -> str:
        return str(self.pk)
