"""``xiezhi exchange fsck``: look whether the exchange's tables are as they must be."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections import deque
from itertools import islice
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection, transaction
from typing_extensions import override

from xiezhi.exchange.fsck import Examination, examine
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.transactions import acting

SYSTEM = Actor.system("exchange.fsck")
SHOWN = 1000
_NAMES = {
    "outbox": "发出的信封",
    "inbox": "收到的信封",
    "receipts": "回执",
    "signatures": "签名",
    "attachments": "附件",
}


class Command(BaseCommand):
    """Read-only; ends with 1 when anything was found."""

    help = "核对交换记录：序号、状态、信封、回执、附件；只读，不作修改"

    @override
    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--signatures-every", type=int, default=1, help="每多少份回执验一次签名（默认逐份）"
        )
        parser.add_argument("--json", action="store_true", help="输出一个 JSON 对象")

    @override
    def handle(self, *_: Any, **options: Any) -> None:
        """Look at one snapshot of the tables, whatever goes on meanwhile."""
        about = Examination()
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            with acting(SYSTEM):
                found = examine(SYSTEM, about, every=max(1, options["signatures_every"]))
                lines = [f"{each.code}  {each.text}" for each in islice(found, SHOWN)]
                deque(found, maxlen=0)  # the rest is counted
        if options["json"]:
            told = {"seen": dict(about.seen), "findings": lines, "count": about.findings}
            self.stdout.write(json.dumps(told, ensure_ascii=False))
        else:
            self._tell(about, lines)
        if about.findings:
            sys.exit(1)

    def _tell(self, about: Examination, lines: list[str]) -> None:
        for line in lines:
            self.stdout.write(line)
        if about.findings > len(lines):
            self.stdout.write(f"……另有 {about.findings - len(lines)} 处，不再列出。")
        looked = "、".join(f"{_NAMES[name]} {count}" for name, count in about.seen.items())
        verdict = f"发现 {about.findings} 处不符。" if about.findings else "全部相符。"
        self.stdout.write(f"已核对：{looked or '没有记录'}。{verdict}")
