"""The roles an operator can bear: codes and names as in the court network's table of roles."""

from __future__ import annotations

from django.db import models


class Role(models.TextChoices):
    """What an operator is; what it may do stands in each app's table of grants."""

    SYSTEM_ADMIN = "system_admin", "系统管理员"
    TIER1_OPERATOR = "tier1_operator", "一线运维"
