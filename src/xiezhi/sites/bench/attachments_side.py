"""Post a message with one large attachment from the court and time it until the portal has it.

Runs as a process of its own with the court site's settings: ``… <bytes>``.
"""

from __future__ import annotations

import io
import os
import sys
import time

import django

django.setup()

import pikepdf  # noqa: E402 - Django must be ready before its apps are imported
from django.utils import timezone  # noqa: E402

from xiezhi.contracts.messages import (  # noqa: E402
    ApplicationUnderReview,
    conversation_of_disclosures,
)
from xiezhi.exchange.actions.post import post  # noqa: E402
from xiezhi.exchange.limits import attachment_limit  # noqa: E402
from xiezhi.exchange.queries import attachment_outcome  # noqa: E402
from xiezhi.files.actions.store_blob import store_blob  # noqa: E402
from xiezhi.foundation.actors import Actor  # noqa: E402
from xiezhi.foundation.ids import uuid7  # noqa: E402
from xiezhi.foundation.transactions import acting  # noqa: E402

POLL = 0.05
PATIENCE = 120.0
SYSTEM = Actor.system("bench")


def scan(size: int) -> io.BytesIO:
    """Make a PDF of one page that carries about ``size`` bytes that do not compress."""
    made = pikepdf.new()
    made.add_blank_page()
    made.Root.Carried = made.make_stream(os.urandom(size))
    sink = io.BytesIO()
    made.save(sink, compress_streams=False)
    sink.seek(0)
    return sink


def seconds(size: int) -> float:
    """Store, post, and return the time from the commit until the peer has told the outcome."""
    with acting(SYSTEM):
        at = timezone.now()
        blob = store_blob(
            stream=scan(size), name="bench.pdf", limit=attachment_limit(), actor=SYSTEM, at=at
        )
    with acting(SYSTEM):
        # What becomes of the message is of no interest here: its application is nobody's.
        post(
            to="service",
            message=ApplicationUnderReview(application_id=uuid7(), at=at),
            conversation=conversation_of_disclosures(uuid7()),
            act_at=at,
            attachments=[blob.pk],
            actor=SYSTEM,
        )
    begun = time.monotonic()
    while True:
        with acting(SYSTEM):
            outcome = attachment_outcome("service", blob.pk)
        if outcome:
            break
        if time.monotonic() - begun > PATIENCE:
            msg = f"not there within {PATIENCE} s"
            raise TimeoutError(msg)
        time.sleep(POLL)
    if outcome != "stored":
        raise RuntimeError(outcome)
    return time.monotonic() - begun


if __name__ == "__main__":
    sys.stdout.write(str(seconds(int(sys.argv[1]))))
