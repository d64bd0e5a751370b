"""Accounts of court staff and the posts they hold."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from typing_extensions import override

from xiezhi.foundation.grades import FieldGrades, Grade
from xiezhi.foundation.models import GradedModel
from xiezhi.identity.staff.roles import Role


class StaffAccount(AbstractBaseUser, GradedModel):
    """One member of staff. What the account may do comes from its posts alone."""

    grades: ClassVar[FieldGrades] = {
        Grade.INTERNAL: ("login_name", "name", "is_active", "last_login", "opened_at"),
        Grade.HIGH: ("password",),
    }

    login_name = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=50)
    is_active = models.BooleanField(default=True)
    opened_at = models.DateTimeField()

    objects = BaseUserManager()

    USERNAME_FIELD = "login_name"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    @override
    def __str__(self) -> str:
        return self.login_name


class Post(GradedModel):
    """One post (任职): whose, at which court and division, in which role, from when to when.

    Days are Shanghai dates, both included; a post without ``to_date`` runs on.
    """

    grades: ClassVar[FieldGrades] = {
        Grade.INTERNAL: ("account", "court_id", "division", "role", "from_date", "to_date"),
    }

    account = models.ForeignKey(StaffAccount, on_delete=models.PROTECT, related_name="posts")
    court_id = models.CharField(max_length=16)
    division = models.CharField(max_length=60)
    role = models.CharField(max_length=40, choices=Role.choices)
    from_date = models.DateField()
    to_date = models.DateField(null=True)

    class Meta:
        """The same role at the same place begins only once a day; it ends after it began."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["court_id", "account", "division", "role", "from_date"],
                name="identity_staff_post_once",
            ),
            models.CheckConstraint(
                condition=models.Q(to_date__isnull=True)
                | models.Q(to_date__gte=models.F("from_date")),
                name="identity_staff_post_order",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["account", "from_date"], name="identity_staff_post_account"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.role}@{self.court_id}"

    @property
    def role_label(self) -> str:
        """Return the name of the role."""
        return Role(self.role).label
