"""The processes of an installation, as data."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from xiezhi.sites.run.places import SITES

_DEFAULTS: Final = {"service": 0, "service_live": 1, "court": 100, "court_live": 101}
TITLES: Final = {"service": "人民法院在线服务", "court": "法院办案工作台"}


@dataclass(frozen=True)
class Ports:
    """The TCP ports of the pages and of the live events, by name."""

    bind: str
    by_name: Mapping[str, int]

    @classmethod
    def from_environment(cls, base: int | None = None) -> "Ports":
        """Read XIEZHI_PORT_BASE and, before it, XIEZHI_PORT_<NAME>; XIEZHI_BIND is the address."""
        start = base or int(os.environ.get("XIEZHI_PORT_BASE", "8000"))
        ports = {
            name: int(os.environ.get(f"XIEZHI_PORT_{name.upper()}", start + offset))
            for name, offset in _DEFAULTS.items()
        }
        return cls(os.environ.get("XIEZHI_BIND", "127.0.0.1"), ports)

    def environ(self) -> dict[str, str]:
        """Return the ports as the settings read them."""
        return {f"XIEZHI_PORT_{name.upper()}": str(port) for name, port in self.by_name.items()}

    def url(self, site: str) -> str:
        """Return the address of the site's first page."""
        return f"http://{self.bind}:{self.by_name[site]}/"


@dataclass(frozen=True)
class Program:
    """One process: its name, its words, when it stops and how one sees that it answers.

    ``stage`` orders the end: the highest stops first. ``port`` is the name of the port that must
    answer; a program without one counts as up when it runs.
    """

    name: str
    label: str
    site: str | None
    kind: str
    argv: tuple[str, ...]
    stage: int
    port: str | None = None


def programs(ports: Ports, spool: Path) -> tuple[Program, ...]:
    """Return every process but the databases, in the order of starting: pages first."""
    webs = tuple(_web(site, ports) for site in SITES)
    others = tuple(program for site in SITES for program in _others(site, ports))
    carry = (*_ours("ferry"), "--spool", str(spool))
    ferry = Program("ferry", "摆渡", None, "ferry", carry, stage=2)
    return (*webs, *others, ferry)


def _web(site: str, ports: Ports) -> Program:
    argv = (
        *(sys.executable, "-m", "gunicorn", "--config", "python:xiezhi.sites.run.gunicorn"),
        *("--bind", f"{ports.bind}:{ports.by_name[site]}", f"xiezhi.sites.{site}.wsgi"),
    )
    label = f"{TITLES[site]}·网页"
    return Program(f"{site}.web", label, site, "web", argv, stage=3, port=site)


def _others(site: str, ports: Ports) -> tuple[Program, ...]:
    live_port = f"{site}_live"
    live = (
        *(sys.executable, "-m", "uvicorn", "--host", ports.bind, "--no-access-log"),
        *("--port", str(ports.by_name[live_port]), "--timeout-graceful-shutdown", "2"),
        *("--lifespan", "off", f"xiezhi.sites.{site}.asgi:application"),
    )
    title = TITLES[site]
    return (
        Program(f"{site}.live", f"{title}·实时消息", site, "live", live, stage=3, port=live_port),
        Program(f"{site}.exchange", f"{title}·交换", site, "exchange", _ours("exchange"), stage=2),
        Program(f"{site}.worker", f"{title}·后台作业", site, "worker", _ours("worker"), stage=2),
    )


def _ours(command: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "xiezhi.sites.cli", command)
