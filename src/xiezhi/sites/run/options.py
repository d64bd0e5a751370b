"""What the operator chose on the command line of ``xiezhi run``."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from xiezhi.sites.run.places import default_home
from xiezhi.sites.run.table import Ports


@dataclass
class Options:
    """What the operator chose on the command line."""

    home: Path
    ports: Ports
    demo: bool
    only: frozenset[str]
    ready_file: Path | None

    def chosen(self, name: str) -> bool:
        """Return whether the process ``name`` is to run: all, or a site's, or the named ones."""
        return not self.only or name in self.only or name.partition(".")[0] in self.only

    def needs_database(self, site: str) -> bool:
        """Return whether anything of ``site`` is to run."""
        return not self.only or any(name.partition(".")[0] == site for name in self.only)


def parse(argv: Sequence[str]) -> Options:
    """Read the command line of ``xiezhi run``."""
    parser = argparse.ArgumentParser(prog="xiezhi run", description="启动两个站点的全部进程")
    parser.add_argument("--home", type=Path, help="数据目录（默认 XIEZHI_HOME 或仓库下的 var）")
    parser.add_argument("--port-base", type=int, help="起始端口（默认 XIEZHI_PORT_BASE 或 8000）")
    parser.add_argument("--no-demo", action="store_true", help="首次启动不建立演示城市")
    parser.add_argument("--only", default="", help="只启动这些站点或进程，用逗号分隔")
    parser.add_argument("--ready-file", type=Path, help="全部进程应答后写入此文件")
    given = parser.parse_args(argv)
    return Options(
        home=(given.home or default_home()).resolve(),
        ports=Ports.from_environment(given.port_base),
        demo=not given.no_demo,
        only=frozenset(filter(None, given.only.split(","))),
        ready_file=given.ready_file,
    )
