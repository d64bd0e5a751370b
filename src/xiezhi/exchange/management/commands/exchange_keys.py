"""``xiezhi manage exchange_keys``: turn and take back the keys of this site."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from xiezhi.exchange.actions.offer_keys import offer_keys
from xiezhi.exchange.actions.revoke_key import revoke_key
from xiezhi.exchange.actions.rotate_key import rotate_key
from xiezhi.exchange.expiry import keys_expiring
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.errors import Refusal
from xiezhi.foundation.transactions import acting
from xiezhi.security.algorithms import CryptoError

COMMAND = Actor.system("exchange.keys")


class Command(BaseCommand):
    """``exchange_keys rotate|offer|revoke|expiring``."""

    help = "轮换、吊销本站点的签名密钥，并告知各对方站点"

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take one of the four acts."""
        acts = parser.add_subparsers(dest="act", required=True)
        rotate = acts.add_parser("rotate", help="新增签名密钥，并用现用密钥签名告知对方")
        rotate.add_argument("--from", dest="valid_from", required=True, help="启用时刻（ISO 8601）")
        rotate.add_argument("--algorithm", choices=["national", "international"])
        acts.add_parser("offer", help="把尚未告知的新密钥告知对方")
        revoke = acts.add_parser("revoke", help="吊销本站点的一个密钥")
        revoke.add_argument("key_id")
        acts.add_parser("expiring", help="列出即将到期的密钥")

    def handle(self, *_: Any, **options: Any) -> None:
        """Do it in one transaction, or say why not."""
        act: Callable[[dict[str, Any], datetime], None] = getattr(self, f"_{options['act']}")
        try:
            with acting(COMMAND):
                act(options, timezone.now())
        except (Refusal, CryptoError) as error:
            raise CommandError(str(error)) from error

    def _rotate(self, options: dict[str, Any], at: datetime) -> None:
        try:
            begins = datetime.fromisoformat(options["valid_from"])
        except ValueError:
            raise CommandError("启用时刻请写成 2026-03-02T09:00 的样子。") from None
        if timezone.is_naive(begins):
            begins = timezone.make_aware(begins)
        algorithm = options["algorithm"]
        key = rotate_key(valid_from=begins, algorithm=algorithm, actor=COMMAND, at=at)
        self.stdout.write(f"新密钥 {key.key_id}，请在电话中读给对方：{key.spoken}")

    def _offer(self, _: dict[str, Any], at: datetime) -> None:
        self.stdout.write(f"已告知 {offer_keys(actor=COMMAND, at=at)} 次。")

    def _revoke(self, options: dict[str, Any], at: datetime) -> None:
        key = revoke_key(key_id=options["key_id"], actor=COMMAND, at=at)
        self.stdout.write(f"已吊销 {key.key_id}，并告知各对方站点。")

    def _expiring(self, _: dict[str, Any], at: datetime) -> None:
        for each in keys_expiring(at):
            whose = "本站点" if each.own else each.site
            ends = timezone.localtime(each.valid_to)
            self.stdout.write(f"{whose} {each.key_id}：{ends:%Y-%m-%d} 到期")
