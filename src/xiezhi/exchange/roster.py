"""Which sites this site exchanges with."""

from __future__ import annotations

from django.conf import settings


def peers() -> list[str]:
    """List the sites to send to and receive from now."""
    return list(settings.XIEZHI_PEERS)
