"""Throw away all data of one installation, after asking."""

import argparse
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from xiezhi.sites.run.console import say
from xiezhi.sites.run.places import SITES, AlreadyRunningError, Home, default_home
from xiezhi.sites.run.postgres import socket_folder

_OURS = ("spool", "demo-accounts.txt", "demo.log", "ferry.log", "run.json")


def main(argv: Sequence[str]) -> int:
    """Remove databases, keys, files and logs below the home; leave what is not ours there."""
    parser = argparse.ArgumentParser(prog="xiezhi reset", description="删除本安装的全部数据")
    parser.add_argument("--home", type=Path, help="数据目录（默认 XIEZHI_HOME 或仓库下的 var）")
    parser.add_argument("--yes", action="store_true", help="不再询问")
    given = parser.parse_args(argv)
    home = Home((given.home or default_home()).resolve())
    if not home.root.exists():
        say(f"{home.root} 不存在，没有可删除的数据。")
        return 0
    try:
        with home.lock():
            if not given.yes and not _confirmed(home):
                say("没有删除任何数据。")
                return 1
            _remove(home)
    except AlreadyRunningError as fault:
        say(f"{fault}请先停止。")
        return 1
    say(f"{home.root} 的数据库、密钥、文件和日志已删除。")
    return 0


def _confirmed(home: Home) -> bool:
    sys.stdout.write(f"将永久删除 {home.root} 中两个站点的数据库、密钥和全部材料。输入 删除 继续：")
    sys.stdout.flush()
    return sys.stdin.readline().strip() == "删除"


def _remove(home: Home) -> None:
    for site in SITES:
        shutil.rmtree(socket_folder(home.site(site).sockets), ignore_errors=True)
        if home.site(site).root.exists():
            shutil.rmtree(home.site(site).root)
    for name in _OURS:
        path = home.root / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
