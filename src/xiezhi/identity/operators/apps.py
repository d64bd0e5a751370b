"""Django application of the operators' accounts."""

from __future__ import annotations

from django.apps import AppConfig


class Config(AppConfig):
    """Accounts of operators."""

    name = "xiezhi.identity.operators"
    label = "identity_operators"
