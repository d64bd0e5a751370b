"""Start both sites on one machine, keep them running, end them in order."""

import argparse
import compileall
import contextlib
import json
import os
import select
import signal
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from xiezhi.sites.run import children, provision
from xiezhi.sites.run.binaries import BinariesMissingError
from xiezhi.sites.run.console import say
from xiezhi.sites.run.databases import SiteDatabase, site_database
from xiezhi.sites.run.places import SITES, AlreadyRunningError, Home, default_home
from xiezhi.sites.run.postgres import ClusterFaultError
from xiezhi.sites.run.table import TITLES, Ports, Program, programs
from xiezhi.sites.run.users import Accounts, choose_accounts, prepare_folders
from xiezhi.sites.run.watch import Watched, stop_all

_FAULTS = (
    AlreadyRunningError,
    BinariesMissingError,
    ClusterFaultError,
    provision.ProvisionFaultError,
    OSError,
)
_STARTUP = 45.0  # seconds after which silence at the first start is worth a line


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


@dataclass
class Supervisor:
    """Everything that runs, from the first database to the last goodbye."""

    options: Options
    home: Home
    accounts: Accounts
    watched: list[Watched] = field(default_factory=list)
    databases: dict[str, SiteDatabase] = field(default_factory=dict)
    preparing: bool = True
    ending: bool = False
    began: float = field(default_factory=time.monotonic)

    def prepare(self) -> None:
        """Bring databases, keys, tables and the demonstration city to where programs can start."""
        env = self._env()
        for site in filter(self.options.needs_database, SITES):
            database = site_database(self.home, site, self.accounts.databases[site])
            self.databases[site] = database
            if database.cluster is not None:
                database.cluster.start()
        for database in self.databases.values():
            database.ready()
            self._watch_cluster(database)
        provision.provide_keys(self.home, self.accounts, env)
        provision.migrate(self.home, self.databases, self.accounts, env)
        if self.options.demo and len(self.databases) == len(SITES):
            provision.build_demo(self.home, self.databases, self.accounts, env)

    def launch(self) -> None:
        """Start every chosen program, the pages first, and tell when all answer."""
        chosen = [
            p for p in programs(self.options.ports, self.home.spool) if self.options.chosen(p.name)
        ]
        for pages in (True, False):
            for program in chosen:
                if (program.kind == "web") is pages:
                    self._watch(program).start()
            self._await(self.watched)
            if self.ending:
                return
        self._write_state(self.home.state)
        if self.options.ready_file is not None:
            self._write_state(self.options.ready_file)
        self._announce()

    def watch(self) -> None:
        """Start again what ends, until a signal asks to end."""
        wake, wakes = socket.socketpair()
        wake.settimeout(0)
        wakes.settimeout(0)
        signal.set_wakeup_fd(wakes.fileno())
        signal.signal(signal.SIGCHLD, lambda *_: None)
        while not self.ending:
            changed = {child.look(time.monotonic()) for child in self.watched}
            if True in changed:
                self._write_state(self.home.state)
            select.select([wake], [], [], self._until_next(time.monotonic()))
            with contextlib.suppress(BlockingIOError):
                wake.recv(4096)
        signal.set_wakeup_fd(-1)

    def end(self) -> None:
        """End all children in order: pages, then the rest, then the databases."""
        say("正在停止……")
        stop_all(self.watched)
        for database in self.databases.values():
            if database.cluster is not None:
                database.cluster.stop()
        self.home.state.unlink(missing_ok=True)
        say("已全部停止，数据保存在 " + str(self.home.root))

    def asked_to_end(self, *_signal_and_frame: object) -> None:
        """Note the wish to end. While preparing, and the second time, break what is going on."""
        if self.ending or self.preparing:
            self.preparing = False
            raise KeyboardInterrupt
        self.ending = True

    def _until_next(self, now: float) -> float:
        if any(child.process is not None and not child.answered for child in self.watched):
            return 0.2
        due = [moment for child in self.watched if (moment := child.due()) is not None]
        return max(0.0, min([moment - now for moment in due], default=5.0))

    def _await(self, members: list[Watched]) -> None:
        """Return when all ``members`` answer, restarting on the way what ends."""
        slow = time.monotonic() + _STARTUP
        while not self.ending and not all(child.answered for child in members):
            for child in self.watched:
                child.look(time.monotonic())
            if time.monotonic() > slow:
                silent = "、".join(child.label for child in members if not child.answered)
                say(f"仍在等待应答：{silent}")
                slow += _STARTUP
            time.sleep(0.05)

    def _watch_cluster(self, database: SiteDatabase) -> None:
        cluster = database.cluster
        if cluster is None:
            return
        child = Watched(
            name=f"{database.site}.postgres",
            label=f"{TITLES[database.site]}·数据库",
            log=cluster.log,
            stage=0,
            launch=cluster.start,
            answers=partial(_listens_at, cluster.sockets),
            ask=signal.SIGINT,
            patience=30.0,
        )
        if cluster.process is not None:
            child.adopt(cluster.process)
        self.watched.append(child)

    def _watch(self, program: Program) -> Watched:
        place = self.home.root if program.site is None else self.home.site(program.site).root
        folder = place / "log" if program.site else self.home.root
        log = folder / f"{program.kind}.log"
        env = provision.site_environ(self._env(), program.site, program.kind)
        env["XIEZHI_CHILD"] = program.name
        account = self.accounts.ferry
        if program.site is not None:
            account = self.accounts.programs[program.site]
            env |= self.databases[program.site].environ()
        child = Watched(
            name=program.name,
            label=program.label,
            log=log,
            stage=program.stage,
            launch=partial(children.start, program.argv, env=env, log=log, account=account),
            answers=self._answer_of(program),
        )
        self.watched.append(child)
        return child

    def _answer_of(self, program: Program) -> Callable[[], bool]:
        if program.port is None:
            return lambda: True
        address = (self.options.ports.bind, self.options.ports.by_name[program.port])
        if program.kind == "web":
            return partial(_shows_pages, f"http://{address[0]}:{address[1]}/")
        return partial(_listens_on, address)

    def _env(self) -> dict[str, str]:
        return provision.base_environ(self.home, self.options.ports.environ())

    def _write_state(self, path: Path) -> None:
        state = {
            "supervisor": os.getpid(),
            "home": str(self.home.root),
            "urls": {site: self.options.ports.url(site) for site in SITES},
            "processes": {child.name: child.pid for child in self.watched},
            "seconds": round(time.monotonic() - self.began, 1),
        }
        fresh = path.with_name(f".{path.name}.{os.getpid()}")
        fresh.write_text(json.dumps(state, indent=2))
        fresh.rename(path)

    def _announce(self) -> None:
        say(f"全部就绪，用时 {time.monotonic() - self.began:.1f} 秒。按 Ctrl-C 停止。")
        for site in SITES:
            if self.options.chosen(f"{site}.web"):
                say(f"{TITLES[site]}：{self.options.ports.url(site)}")
        if self.home.demo_accounts.exists():
            for line in self.home.demo_accounts.read_text().splitlines():
                say(line)


def main(argv: Sequence[str]) -> int:
    """Run until asked to end. Return 1 when the start failed."""
    options = parse(argv)
    options.home.mkdir(parents=True, exist_ok=True)
    home = Home(options.home)
    supervisor: Supervisor | None = None
    try:
        with home.lock():
            accounts = choose_accounts(options.home)
            supervisor = Supervisor(options, home, accounts)
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(number, supervisor.asked_to_end)
            say(f"数据目录：{home.root}")
            say(accounts.note)
            prepare_folders(home, accounts)
            compileall.compile_dir(provision.PACKAGES, quiet=2)
            return _run(supervisor)
    except _FAULTS as fault:
        say(f"无法启动：{fault}")
        return 1


def _run(supervisor: Supervisor) -> int:
    try:
        supervisor.prepare()
        supervisor.preparing = False
        supervisor.launch()
        supervisor.watch()
    except KeyboardInterrupt:
        say("收到停止信号，放弃正在进行的步骤。")
    finally:
        supervisor.end()
    return 0


def _listens_at(sockets: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        return probe.connect_ex(str(sockets / ".s.PGSQL.5432")) == 0


def _listens_on(address: tuple[str, int]) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(address) == 0


def _shows_pages(url: str) -> bool:
    """Return whether the site answers without a fault of its own."""
    request = urllib.request.Request(url, headers={"User-Agent": "xiezhi-supervisor"})  # noqa: S310  # our own address
    try:
        with urllib.request.urlopen(request, timeout=5):  # noqa: S310  # our own address
            return True
    except urllib.error.HTTPError as error:
        return error.code < 500  # noqa: PLR2004  # a page that asks for a login also answers
    except OSError:
        return False
