"""The command ``xiezhi``: one table of commands, each loaded only when it is called."""

import argparse
import importlib
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

Main = Callable[[Sequence[str]], int | None]
Process = Callable[[], int | None]


@dataclass(frozen=True)
class Command:
    """Where a command lives, and what it does in one line.

    ``target`` is ``module:function``; the function takes the words after the command. ``process``
    is the like, taking no words and running on the site that XIEZHI_SITE names. ``django`` is a
    management command of that site. ``below`` are management commands under a second word.
    """

    help: str
    target: str = ""
    process: str = ""
    django: tuple[str, ...] = ()
    below: Mapping[str, str] = field(default_factory=dict)


COMMANDS = {
    "run": Command("启动两个站点的全部进程", "xiezhi.sites.run.supervisor:main"),
    "reset": Command("删除本安装的全部数据", "xiezhi.sites.run.reset:main"),
    "migrate": Command("按迁移更新数据表（XIEZHI_DB_ROLE=owner）", django=("migrate",)),
    "check": Command("检查一个站点的配置与代码", django=("check",)),
    "manage": Command("运行一个站点的 Django 管理命令"),
    "worker": Command(
        "一个站点的后台作业",
        django=("procrastinate", "worker", "--fetch-job-polling-interval", "1", "-c", "4"),
    ),
    "exchange": Command(
        "一个站点的交换进程：发出与接收；exchange fsck 核对交换记录",
        process="xiezhi.exchange.processes.run:run",
        below={"fsck": "exchange_fsck"},
    ),
    "ferry": Command("在站点之间搬运交换文件", "xiezhi.exchange.ferry:main"),
    "backup": Command("备份站点的数据库与文件", "xiezhi.sites.continuity.backup:main"),
    "restore": Command("从备份恢复一个站点", "xiezhi.sites.continuity.restore:main"),
    "drill": Command("恢复演练：把备份恢复到别处并核对", "xiezhi.sites.continuity.drill:main"),
    "demo": Command("建立演示城市", "xiezhi.sites.demo.command:main"),
    "law": Command(
        "按法律规则计算费用、期间，换算金额，解读案号", "xiezhi.sites.law_commands:main"
    ),
    "bench": Command("测量启动、内存、页面与交换", "xiezhi.sites.bench.command:main"),
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command named first with the words after it."""
    words = list(sys.argv[1:] if argv is None else argv)
    if not words or words[0] in {"-h", "--help"} or words[0] not in COMMANDS:
        _parser().parse_args(words)
        _parser().print_help()
        return 2
    name, rest = words[0], words[1:]
    command = COMMANDS[name]
    if command.target:
        return cast("Main", _found(command.target))(rest) or 0
    site = os.environ.get("XIEZHI_SITE", "")
    if not site:
        sys.stderr.write("请用 XIEZHI_SITE=service 或 XIEZHI_SITE=court 指明站点。\n")
        return 2
    os.environ.update(importlib.import_module("xiezhi.sites.run.reach").reach(site))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"xiezhi.sites.{site}.settings")
    words = _management_words(command, rest)
    if command.process and not words:
        importlib.import_module("django").setup()
        return cast("Process", _found(command.process))() or 0
    management = importlib.import_module("django.core.management")
    management.execute_from_command_line(["xiezhi", *words])
    return 0


def _management_words(command: Command, rest: Sequence[str]) -> list[str]:
    """Return the management command and its words; none when the command is a process."""
    if rest and rest[0] in command.below:
        return [command.below[rest[0]], *rest[1:]]
    return [] if command.process else [*command.django, *rest]


def _found(target: str) -> object:
    module, _, function = target.partition(":")
    return getattr(importlib.import_module(module), function)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="xiezhi",
        description="獬豸 智慧法院信息系统",
        epilog="每个命令之后加 --help 可看它的参数。",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    chosen = parser.add_subparsers(title="命令", metavar="命令")
    for name, command in COMMANDS.items():
        chosen.add_parser(name, help=command.help, add_help=False)
    return parser


if __name__ == "__main__":
    sys.exit(main())
