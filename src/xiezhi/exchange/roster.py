"""The sites this site exchanges messages with."""

from __future__ import annotations

from django.conf import settings


def peers() -> tuple[str, ...]:
    """Name the peers, those of the settings first."""
    return tuple(settings.XIEZHI_PEERS)
