"""The site's command over its operators: add, reset, disable, list."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from typing_extensions import override

from xiezhi.foundation.actors import Actor
from xiezhi.foundation.errors import Refusal
from xiezhi.foundation.transactions import acting
from xiezhi.identity.operators.actions._issue import Issued
from xiezhi.identity.operators.actions.add_operator import add_operator
from xiezhi.identity.operators.actions.disable_operator import disable_operator
from xiezhi.identity.operators.actions.reset_operator import reset_operator
from xiezhi.identity.operators.queries import operator_to_change, operators_for
from xiezhi.identity.operators.roles import Role
from xiezhi.identity.operators.second_factor import address_of, code_at

SYSTEM: Final = Actor.system("operators.command")


class Command(BaseCommand):
    """``operators add|reset|disable|list|code``."""

    help = "开立、重发、停用、列出本站点的运维账号。"

    @override
    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        add = acts.add_parser("add", help="开立账号，显示一次密码、动态口令密钥和恢复码")
        add.add_argument("login_name", help="登录名")
        add.add_argument("--name", required=True, help="姓名")
        add.add_argument("--role", choices=Role.values, default=Role.TIER1_OPERATOR.value)
        for act, words in (
            ("reset", "重发密码、动态口令密钥和恢复码，原有的作废；停用的账号恢复使用"),
            ("disable", "停用账号，已登录的立即失效"),
            ("code", "显示演示账号当前的动态口令"),
        ):
            acts.add_parser(act, help=words).add_argument("login_name", help="登录名")
        acts.add_parser("list", help="列出账号")

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        act: Callable[[dict[str, Any]], None] = getattr(self, f"_{options['act']}")
        try:
            with acting(SYSTEM):
                act(options)
        except Refusal as refusal:
            raise CommandError(f"{refusal}{refusal.next_step}") from refusal

    def _add(self, options: dict[str, Any]) -> None:
        self._hand_out(
            add_operator(
                login_name=options["login_name"],
                name=options["name"],
                role=Role(options["role"]),
                actor=SYSTEM,
                at=timezone.now(),
            )
        )

    def _reset(self, options: dict[str, Any]) -> None:
        login_name = options["login_name"]
        self._hand_out(reset_operator(login_name=login_name, actor=SYSTEM, at=timezone.now()))

    def _disable(self, options: dict[str, Any]) -> None:
        disable_operator(login_name=options["login_name"], actor=SYSTEM, at=timezone.now())
        self.stdout.write(f"{options['login_name']} 已停用。")

    def _list(self, _: dict[str, Any]) -> None:
        for each in operators_for(SYSTEM):
            states = ["使用中" if each.is_active else "已停用"]
            states += ["演示账号"] if each.demonstration else []
            last = (
                f"{timezone.localtime(each.last_login):%Y-%m-%d %H:%M}" if each.last_login else ""
            )
            self.stdout.write(
                f"{each.login_name}  {each.name}  {each.role_label}  {'，'.join(states)}"
                f"  最近登录 {last or '无'}"
            )

    def _code(self, options: dict[str, Any]) -> None:
        operator = operator_to_change(SYSTEM, options["login_name"])
        if not operator.demonstration:
            raise CommandError("只有演示账号可以在这里查看动态口令。")
        self.stdout.write(code_at(operator.secret, timezone.now()))

    def _hand_out(self, issued: Issued) -> None:
        operator = issued.operator
        self.stdout.write(f"{operator.login_name}（{operator.name}，{operator.role_label}）")
        self.stdout.write("以下内容只显示这一次，请当面交给本人：")
        self.stdout.write(f"密码        {issued.password}")
        self.stdout.write(f"动态口令密钥  {issued.secret}")
        self.stdout.write(f"验证器地址   {address_of(issued.secret, operator.login_name)}")
        self.stdout.write("恢复码（每个只能用一次）：")
        for code in issued.recovery_codes:
            self.stdout.write(f"  {code}")
