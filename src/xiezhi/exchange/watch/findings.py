"""What is wrong now: one table of rules, read by the console, by the alarms and by the metrics.

A rule looks at one peer at one instant and yields what it finds. A new rule is one line in
``RULES``. Rules read the tables alone, so that a page needs neither trays nor disks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Final

from xiezhi.exchange.watch import message_rules, site_rules
from xiezhi.exchange.watch.finding import Finding

Rule = Callable[[str, datetime], Iterable[Finding]]

RULES: Final[tuple[Rule, ...]] = (
    site_rules.silent_process,
    site_rules.recovery,
    message_rules.unacknowledged,
    message_rules.not_leaving,
    message_rules.held,
    message_rules.quarantined,
    site_rules.watermark,
    site_rules.reconciliation,
    site_rules.way,
    site_rules.keys,
)


def findings(peer: str, at: datetime) -> list[Finding]:
    """Say what is wrong with the exchange with ``peer`` at ``at``, the gravest first."""
    return [found for rule in RULES for found in rule(peer, at)]
