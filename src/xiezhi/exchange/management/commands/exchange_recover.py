"""``xiezhi manage exchange_recover``: begin recovery after this site's database was restored."""

from __future__ import annotations

import argparse
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from xiezhi.exchange.actions.begin_recovery import begin_recovery
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.transactions import acting

RESTORE = Actor.system("exchange.recover")


class Command(BaseCommand):
    """Put the site into recovery: nothing new until every peer has returned what was forgotten."""

    help = "数据库从备份恢复之后运行：向各对方站点取回恢复点之后的消息，完成之前不办理新的事项"

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take the instant that the restored database reaches."""
        parser.add_argument("--restored-at", help="恢复到的时刻（ISO 8601），不写即现在")

    def handle(self, *_: Any, **options: Any) -> None:
        """Begin, and say which epoch was begun."""
        at = timezone.now()
        restored_at = _instant(options["restored_at"]) if options["restored_at"] else at
        with acting(RESTORE):
            recovery = begin_recovery(restored_at=restored_at, at=at, actor=RESTORE)
        self.stdout.write(f"已进入恢复状态，新的轮次为 {recovery.epoch}。")


def _instant(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise CommandError(f"不是时刻：{text}") from None
    return timezone.make_aware(found) if timezone.is_naive(found) else found
