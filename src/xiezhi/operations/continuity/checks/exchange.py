"""The exchange's tables, by its own rules."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from xiezhi.exchange.fsck import Examination, examine
from xiezhi.foundation.actors import Actor
from xiezhi.operations.continuity.checks.step import Check, Step

SIGNATURES_EVERY: Final = 20


def exchange(actor: Actor) -> Check:
    """Return the check: everything but signatures, of which one in twenty is enough here."""

    def check(step: Step) -> Iterator[str]:
        about = Examination()
        for finding in examine(actor, about, every=SIGNATURES_EVERY):
            yield finding.text
        seen = about.seen
        step.note = (
            f"信封{seen['outbox'] + seen['inbox']:,}个，回执{seen['receipts']:,}份，"
            f"附件{seen['attachments']:,}个"
        )

    return check
