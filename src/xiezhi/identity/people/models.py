"""The account of a person."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from typing_extensions import override

from xiezhi.foundation.grades import FieldGrades, Grade
from xiezhi.foundation.models import GradedModel
from xiezhi.security import fields as secure


class Verification(models.TextChoices):
    """How far it is known that the person is who the account says."""

    DECLARED = "declared", "身份信息由本人填写，尚未与公安人口信息核验"


class Account(AbstractBaseUser, GradedModel):
    """One person's account. The name is in clear, the ID number and the phone are encrypted.

    Blind indexes make both unique and findable without keeping them in clear.
    """

    grades: ClassVar[FieldGrades] = {
        Grade.INTERNAL: ("is_active", "last_login", "registered_at", "verification"),
        Grade.SENSITIVE: ("name", "id_number_index", "phone_index"),
        Grade.HIGH: ("id_number", "phone", "password"),
    }

    name = models.CharField(max_length=50)
    id_number = secure.EncryptedTextField()
    id_number_index = secure.BlindIndexField(
        source="id_number", normalise=secure.id_number, unique=True
    )
    phone = secure.EncryptedTextField()
    phone_index = secure.BlindIndexField(source="phone", normalise=secure.phone, unique=True)
    verification = models.CharField(
        max_length=16, choices=Verification.choices, default=Verification.DECLARED
    )
    is_active = models.BooleanField(default=True)
    registered_at = models.DateTimeField()

    objects = BaseUserManager()

    USERNAME_FIELD = "phone_index"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    @override
    def __str__(self) -> str:
        return str(self.pk)
