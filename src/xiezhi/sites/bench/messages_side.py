"""Post many small messages from the court to the portal and time their receipts.

Runs as a process of its own with the court site's settings: ``… <application id> <count>``.
"""

from __future__ import annotations

import sys
import time
from uuid import UUID

import django

django.setup()

from django.utils import timezone  # noqa: E402 - Django must be ready before its apps are imported

from xiezhi.contracts.messages import (  # noqa: E402
    ApplicationUnderReview,
    conversation_of_disclosures,
)
from xiezhi.exchange.actions.post import post  # noqa: E402
from xiezhi.exchange.queries import unsettled  # noqa: E402
from xiezhi.foundation.actors import Actor  # noqa: E402
from xiezhi.foundation.ids import uuid7  # noqa: E402
from xiezhi.foundation.transactions import acting  # noqa: E402

POLL = 0.02
PATIENCE = 120.0
SYSTEM = Actor.system("bench")


def seconds(application: UUID, count: int) -> float:
    """Post ``count`` messages in as many conversations; return the time until all are settled."""
    at = timezone.now()
    begun = time.monotonic()
    with acting(SYSTEM):
        for _ in range(count):
            post(
                to="service",
                message=ApplicationUnderReview(application_id=application, at=at),
                conversation=conversation_of_disclosures(uuid7()),
                act_at=at,
                actor=SYSTEM,
            )
    while True:
        with acting(SYSTEM):
            if not unsettled():
                return time.monotonic() - begun
        if time.monotonic() - begun > PATIENCE:
            msg = f"not settled within {PATIENCE} s"
            raise TimeoutError(msg)
        time.sleep(POLL)


if __name__ == "__main__":
    sys.stdout.write(str(seconds(UUID(sys.argv[1]), int(sys.argv[2]))))
