"""Who asks at the court site, and that nobody is at the operators' pages without a login."""

from __future__ import annotations

from django.http import HttpRequest

from xiezhi.foundation.actors import Actor
from xiezhi.foundation.errors import LoginRequired
from xiezhi.identity.staff import sessions
from xiezhi.sites.operations import closed


def actor_of(request: HttpRequest) -> Actor:
    """Return the member of staff who asks. Refuses: ``LoginRequired``."""
    actor = sessions.actor_of(request)
    if closed(request.path) and not actor.is_authenticated:
        raise LoginRequired
    return actor
