"""Django application of people's accounts."""

from __future__ import annotations

from django.apps import AppConfig


class Config(AppConfig):
    """Accounts of people."""

    name = "xiezhi.identity.people"
    label = "identity_people"
