"""Which way a message goes, as seen from this site."""

from __future__ import annotations

from django.db.models import TextChoices


class Direction(TextChoices):
    """Whose message it is."""

    IN = "in", "对方发来"
    OUT = "out", "我方发出"
