"""``xiezhi manage exchange_introduce``: write this site's introduction for a peer's operators."""

from __future__ import annotations

import argparse
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from xiezhi.exchange.introduction import write_introduction
from xiezhi.exchange.traffic import own_role
from xiezhi.security.algorithms import CryptoError
from xiezhi.security.keys import ring


class Command(BaseCommand):
    """Print the introduction; the fingerprint is told by telephone, never with the file."""

    help = "输出本站点的介绍文件，交给对方站点的维护人员上传；指纹请另用电话告知"

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take the name under which peers' operators see this site."""
        parser.add_argument("--name", default="", help="本站点的中文名称")

    def handle(self, *_: Any, **options: Any) -> None:
        """Write it to standard output, the fingerprint beside it to standard error."""
        at, name = timezone.now(), options["name"] or getattr(settings, "XIEZHI_SITE_NAME", "")
        try:
            text = write_introduction(ring(), role=own_role(), name=name, at=at)
            spoken = ring().identity(at).public.spoken
        except CryptoError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(text, ending="")
        self.stderr.write(f"请在电话中读给对方：{spoken}")
