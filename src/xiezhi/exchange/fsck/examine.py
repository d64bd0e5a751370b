"""All rules in turn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from django.conf import settings

from xiezhi.exchange.fsck.attachments import attachment_blobs, staging
from xiezhi.exchange.fsck.envelopes import received_envelopes, sent_envelopes
from xiezhi.exchange.fsck.finding import Finding
from xiezhi.exchange.fsck.receipts import kept_receipts
from xiezhi.exchange.fsck.rows import RULES, broken_rows
from xiezhi.exchange.trust import site_trust
from xiezhi.foundation.actors import Actor


@dataclass
class Examination:
    """How much was looked at, by kind, and how much of it was found wrong."""

    seen: Counter[str] = field(default_factory=Counter)
    findings: int = 0


def examine(actor: Actor, about: Examination, *, every: int = 1) -> Iterator[Finding]:
    """Yield what is not as it must be, as it is found; ``about`` counts along.

    Reads only, in constant memory. The caller opens the transaction; in one with a snapshot
    of its own (repeatable read) traffic meanwhile cannot be mistaken for a fault. ``every``
    spaces out the signatures that are checked; everything else is always looked at.
    """
    site, seen = settings.XIEZHI_SITE, about.seen
    found = chain(
        *(broken_rows(rule) for rule in RULES),
        sent_envelopes(site, seen),
        received_envelopes(site, seen),
        kept_receipts(site, site_trust(), seen, every=every),
        attachment_blobs(actor, seen),
        staging(Path(settings.XIEZHI_SITE_DIRECTORY)),
    )
    for finding in found:
        about.findings += 1
        yield finding
