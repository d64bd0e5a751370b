"""``xiezhi exchange``: run this site's relay and receiver."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand

from xiezhi.exchange.processes import run


class Command(BaseCommand):
    """Exchange messages with the peers of this site until told to stop."""

    help = "收发本站点与对方站点之间的消息"

    def handle(self, *_: Any, **__: Any) -> None:
        """Run; a fault ends the process with a code, so that the supervisor starts it anew."""
        code = run()
        if code:
            sys.exit(code)
