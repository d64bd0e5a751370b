"""Measure the exchange from inside one site; a process of its own with the court's settings.

``… rate <application> <count>``, ``… lag <application> <count>``, ``… claims <rows>``: one line of
JSON comes out.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final
from uuid import UUID

import django

django.setup()

from django.db import transaction  # noqa: E402 - Django must be ready before its apps are imported
from django.utils import timezone  # noqa: E402

from xiezhi.contracts.messages import (  # noqa: E402
    ApplicationUnderReview,
    conversation_of_disclosures,
)
from xiezhi.exchange.actions.post import post  # noqa: E402
from xiezhi.exchange.processes.receiver import Receiver  # noqa: E402
from xiezhi.exchange.processes.relay import Relay  # noqa: E402
from xiezhi.exchange.queries import delivery_of, unsettled  # noqa: E402
from xiezhi.exchange.transports.spool import SpoolTransport  # noqa: E402
from xiezhi.foundation.actors import Actor  # noqa: E402
from xiezhi.foundation.ids import uuid7  # noqa: E402
from xiezhi.foundation.transactions import acting  # noqa: E402
from xiezhi.sites.bench.volume import fill, read_whole, unsettle, watching  # noqa: E402

POLL: Final = 0.02
SELDOM: Final = 0.1
PATIENCE: Final = 300.0
ROUNDS: Final = 20
BATCH: Final = 64
ACTS: Final = 25
SYSTEM: Final = Actor.system("bench")
PEER: Final = "service"


def rate(application: UUID, count: int) -> float:
    """Post ``count`` messages in as many conversations; give the rate until all are receipted."""
    begun = time.monotonic()
    for start in range(0, count, ACTS):
        with acting(SYSTEM):
            for _ in range(start, min(start + ACTS, count)):
                _post(application)
    _wait(lambda: not unsettled(), poll=SELDOM)
    return count / (time.monotonic() - begun)


def lag(application: UUID, count: int) -> dict[str, list[float]]:
    """Post single messages into silence; give the seconds until each came, and was receipted."""
    there, back = [], []
    for _ in range(count):
        time.sleep(random.uniform(0.1, 0.6))  # noqa: S311 - the moment of a tick, not a secret
        with acting(SYSTEM):
            key = _post(application)
        _wait(lambda: not unsettled())
        with acting(SYSTEM):
            delivery = delivery_of(key)
        if delivery is not None and delivery.received_at is not None:
            there.append((delivery.received_at - delivery.posted_at).total_seconds())
            back.append((timezone.now() - delivery.posted_at).total_seconds())
    return {"there": there, "back": back}


def claims(rows: int) -> dict[str, object]:
    """Fill the tables and time what one pass of the relay and one sweep ask of them."""
    with acting(SYSTEM):
        fill(rows)
    took: list[float] = []
    whole: set[str] = set()
    with tempfile.TemporaryDirectory() as folder:
        transport = SpoolTransport(Path(folder), "court")
        transport.prepare([PEER])
        for _ in range(ROUNDS):
            with acting(SYSTEM):
                unsettle(BATCH)
                for _ in range(BATCH):
                    _post(uuid7())
                with watching() as seen:
                    Relay(transport, [PEER], timezone.now).tick()
                    Receiver(transport, [PEER], timezone.now).sweep(PEER)
                whole |= read_whole(seen)
                transaction.set_rollback(True)
            took += [each.seconds for each in seen if each.claims]
    return {"seconds": took, "whole": sorted(whole)}


def _post(application: UUID) -> UUID:
    at = timezone.now()
    return post(
        to=PEER,
        message=ApplicationUnderReview(application_id=application, at=at),
        conversation=conversation_of_disclosures(uuid7()),
        act_at=at,
        actor=SYSTEM,
    )


def _wait(holds: Callable[[], bool], poll: float = POLL) -> None:
    begun = time.monotonic()
    while True:
        with acting(SYSTEM):
            if holds():
                return
        if time.monotonic() - begun > PATIENCE:
            msg = f"not settled within {PATIENCE} s"
            raise TimeoutError(msg)
        time.sleep(poll)


if __name__ == "__main__":
    asked, *words = sys.argv[1:]
    answer: object
    if asked == "claims":
        answer = claims(int(words[0]))
    else:
        answer = {"rate": rate, "lag": lag}[asked](UUID(words[0]), int(words[1]))
    sys.stdout.write(json.dumps(answer))
