"""Django application of court staff."""

from __future__ import annotations

from django.apps import AppConfig


class Config(AppConfig):
    """Accounts and posts of court staff."""

    name = "xiezhi.identity.staff"
    label = "identity_staff"
