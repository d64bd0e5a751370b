"""Why a backup, a restore or a drill did not come to its end."""

from __future__ import annotations


class ContinuityFaultError(Exception):
    """Say in plain words what is missing or wrong, and what to do."""
