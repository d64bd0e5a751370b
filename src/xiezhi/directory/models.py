"""The courts, by their code (法院代字)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from typing_extensions import override

from xiezhi.foundation.grades import FieldGrades, Grade
from xiezhi.foundation.models import GradedModel


class CourtLevel(models.TextChoices):
    """The four levels (人民法院组织法第十二条、第十三条)."""

    SUPREME = "supreme", "最高人民法院"
    HIGH = "high", "高级人民法院"
    INTERMEDIATE = "intermediate", "中级人民法院"
    BASIC = "basic", "基层人民法院"


class Court(GradedModel):
    """One court. ``code`` is what case numbers bear and what every other table calls court_id.

    ``site_id`` names the site that runs the court's own system: the address of its messages.
    """

    grades: ClassVar[FieldGrades] = {
        Grade.PUBLIC: (
            *("code", "name", "level", "region", "parent_code", "site_id", "sort_key"),
            *("address", "phone", "accepts_online_filing"),
        ),
    }

    code = models.CharField(max_length=16, unique=True)
    name = models.CharField(max_length=100)
    level = models.CharField(max_length=16, choices=CourtLevel.choices)
    region = models.CharField(max_length=100)
    parent_code = models.CharField(max_length=16, blank=True, default="")
    site_id = models.CharField(max_length=32)
    sort_key = models.CharField(max_length=300)
    address = models.CharField(max_length=200, blank=True, default="")
    phone = models.CharField(max_length=40, blank=True, default="")
    accepts_online_filing = models.BooleanField(default=True)

    class Meta:
        """Listed by level and pinyin."""

        indexes: ClassVar = [
            models.Index(fields=["level", "sort_key"], name="directory_court_by_level"),
            models.Index(fields=["parent_code"], name="directory_court_by_parent"),
        ]

    @override
    def __str__(self) -> str:
        return self.name
