"""Where the pages find the act that closes a gap in a conversation."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from django.utils.module_loading import import_string

from xiezhi.foundation.actors import Actor


class Skip(Protocol):
    """Pass over one position of a conversation, with a reason that both sites keep."""

    def __call__(
        self,
        *,
        peer: str,
        direction: str,
        conversation: str,
        position: int,
        reason: str,
        actor: Actor,
        at: datetime,
    ) -> object:
        """Pass over it, or refuse."""


def skip_act() -> Skip | None:
    """Return the act, or nothing in a release that has none."""
    try:
        found: Skip = import_string("xiezhi.exchange.actions.skip.skip")
    except ImportError:
        return None
    return found
