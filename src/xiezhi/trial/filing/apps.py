"""Django application of the filing desk."""

from __future__ import annotations

from django.apps import AppConfig


class Config(AppConfig):
    """The filing desk; it keeps no table of its own."""

    name = "xiezhi.trial.filing"
    label = "trial_filing"
