"""The operator's command over the keys of a site: show, turn, pin, revoke, renew."""

import argparse
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.db.models import Model
from django.utils import timezone
from typing_extensions import override

from xiezhi.foundation.actors import Actor
from xiezhi.foundation.transactions import acting
from xiezhi.security.algorithms import CryptoError
from xiezhi.security.fields.renewal import changeable, outdated, protected_fields, renew
from xiezhi.security.keys.current import keys_directory, peers, ring
from xiezhi.security.keys.identities import PublicIdentity
from xiezhi.security.keys.peers import (
    export_identities,
    pin_peer,
    read_introduction,
    revoke_peer_key,
)
from xiezhi.security.keys.rotation import rotate_identity, rotate_master, rotate_secret

_BATCH: Final = 200
SYSTEM: Final = Actor.system("keys.command")


class Command(BaseCommand):
    """``keys show|export|pin|revoke|rotate|renew``."""

    help = "查看、轮换本站点的密钥，登记、吊销对端站点的公钥。"

    @override
    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        acts.add_parser("show", help="列出密钥版本和公钥指纹")
        acts.add_parser("export", help="输出本站点的公钥，交给对端登记")
        pin = acts.add_parser("pin", help="登记对端公钥（先用电话等另一条途径核对指纹）")
        pin.add_argument("file", help="对端 export 的文件，- 表示标准输入")
        pin.add_argument("--fingerprint", required=True, help="另一条途径得到的指纹")
        revoke = acts.add_parser("revoke", help="吊销对端的一个公钥")
        revoke.add_argument("site")
        revoke.add_argument("key_id")
        rotate = acts.add_parser("rotate", help="新增一个密钥版本")
        rotate.add_argument("purpose", choices=["master", "field", "index", "identity"])
        rotate.add_argument("--from", dest="valid_from", help="新签名密钥启用时刻（ISO 8601）")
        acts.add_parser("renew", help="把旧版本密钥加密的字段换成新版本")

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        act: Callable[[dict[str, Any]], None] = getattr(self, f"_{options['act']}")
        try:
            act(options)
        except CryptoError as error:
            raise CommandError(str(error)) from error

    def _show(self, _: dict[str, Any]) -> None:
        keys = ring()
        self.stdout.write(f"站点 {keys.site}，算法套件 {keys.suite.name}")
        for label, held in (("主密钥", keys.master), ("字段", keys.fields), ("索引", keys.index)):
            made = timezone.localtime(held.current.created_at)
            self.stdout.write(f"{label}：当前第 {held.current.version} 版，{made:%Y-%m-%d} 启用")
        for each in keys.public_identities():
            self._write_identity(each)
        for site in sorted(peers().by_site):
            for each in peers().identities(site):
                self._write_identity(each)

    def _export(self, _: dict[str, Any]) -> None:
        self.stdout.write(export_identities(ring()))

    def _pin(self, options: dict[str, Any]) -> None:
        text = sys.stdin.read() if options["file"] == "-" else Path(options["file"]).read_text()
        told = options["fingerprint"].replace(" ", "").lower()
        if told not in {each.fingerprint for each in read_introduction(text)}:
            raise CommandError("指纹与文件中的公钥不一致，没有登记。请与对端重新核对。")
        for each in pin_peer(keys_directory(), text):
            self._write_identity(each)

    def _revoke(self, options: dict[str, Any]) -> None:
        at = timezone.now()
        revoke_peer_key(keys_directory(), options["site"], options["key_id"], at)
        self.stdout.write(f"已吊销 {options['key_id']}，此后它签名的报文一律不予采信。")

    def _rotate(self, options: dict[str, Any]) -> None:
        directory, purpose, at = keys_directory(), options["purpose"], timezone.now()
        if purpose == "identity":
            self._rotate_identity(directory, options["valid_from"])
        elif purpose == "master":
            self.stdout.write(f"主密钥已轮换到第 {rotate_master(directory, at)} 版。")
        else:
            version = rotate_secret(directory, purpose, at)
            self.stdout.write(f"已轮换到第 {version} 版。请运行 keys renew 更新已有数据。")

    def _rotate_identity(self, directory: Path, valid_from: str | None) -> None:
        if not valid_from:
            raise CommandError("请用 --from 指明启用时刻，并在此之前让对端登记新公钥。")
        at = datetime.fromisoformat(valid_from)
        if timezone.is_naive(at):
            at = timezone.make_aware(at)
        self._write_identity(rotate_identity(directory, valid_from=at).public)

    def _renew(self, _: dict[str, Any]) -> None:
        for model in filter(protected_fields, apps.get_models()):
            label = model._meta.label
            if not changeable(model):
                self.stdout.write(f"{label}：只追加的表，旧版本密钥继续保留")
                continue
            done = 0
            while batch := self._renew_batch(model):
                done += batch
            with acting(SYSTEM):
                left = outdated(model).count()
            self.stdout.write(f"{label}：更新 {done} 行，剩余 {left} 行")

    def _renew_batch(self, model: type[Model]) -> int:
        with acting(SYSTEM):
            return renew(model, limit=_BATCH)

    def _write_identity(self, each: PublicIdentity) -> None:
        begins, ends = timezone.localtime(each.valid_from), timezone.localtime(each.valid_to)
        state = "（已吊销）" if each.revoked else ""
        self.stdout.write(f"{each.key_id}{state}：{begins:%Y-%m-%d} 至 {ends:%Y-%m-%d}")
        self.stdout.write(f"  指纹 {each.spoken}")
