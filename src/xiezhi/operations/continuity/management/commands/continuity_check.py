"""``manage continuity_check``: look through a restored site; called by ``xiezhi drill``."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand
from typing_extensions import override

from xiezhi.foundation.actors import Actor
from xiezhi.foundation.transactions import acting
from xiezhi.operations.continuity.checks.contents import contents
from xiezhi.operations.continuity.checks.exchange import exchange
from xiezhi.operations.continuity.checks.fields import fields
from xiezhi.operations.continuity.checks.rows import rows_since
from xiezhi.operations.continuity.checks.step import Check, taken

SYSTEM = Actor.system("continuity.check")


class Command(BaseCommand):
    """Read the manifest's facts from standard input; print one JSON object per check."""

    help = "核对恢复出来的站点（由 xiezhi drill 调用）"

    @override
    def handle(self, *_: Any, **__: Any) -> None:
        """Run the checks in turn; a finding is no failure of this command."""
        told = json.loads(sys.stdin.read())
        checks: list[tuple[str, Check]] = [
            ("核对数据表的行数", rows_since(told["rows"])),
            ("核对交换记录", exchange(SYSTEM)),
            ("抽样解密字段", fields),
        ]
        if told["files_since"]:
            since = datetime.fromisoformat(told["files_since"])
            checks.append(("核对文件", contents(SYSTEM, since)))
        for label, check in checks:
            with acting(SYSTEM):
                step = taken(label, check)
            self.stdout.write(json.dumps(step.told(), ensure_ascii=False))
            self.stdout.flush()
