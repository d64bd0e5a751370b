"""Start both sites on one machine, keep them running, end them in order."""

import compileall
import contextlib
import json
import os
import select
import signal
import socket
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from xiezhi.sites.run import children, provision
from xiezhi.sites.run.binaries import BinariesMissingError
from xiezhi.sites.run.console import say
from xiezhi.sites.run.databases import SiteDatabase, site_database
from xiezhi.sites.run.options import Options, parse
from xiezhi.sites.run.places import SITES, AlreadyRunningError, Home
from xiezhi.sites.run.postgres import ClusterFaultError
from xiezhi.sites.run.probes import can_listen, listens_at, listens_on, shows_pages
from xiezhi.sites.run.table import TITLES, Program, programs
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
    first_page: float | None = None

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
            if pages:
                self.first_page = self._seconds()
        self._write_state(self.home.state)
        if self.options.ready_file is not None:
            self._write_state(self.options.ready_file)
        self._announce()

    def check_ports(self) -> None:
        """Find out before any work whether another program has a port. Refuses: ``OSError``."""
        for program in self._chosen():
            if program.port is not None and not can_listen(self._address(program.port)):
                number = self.options.ports.by_name[program.port]
                raise OSError(f"端口 {number} 已被其他程序占用，可用 XIEZHI_PORT_BASE 另选。")

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

    def _seconds(self) -> float:
        return round(time.monotonic() - self.began, 1)

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
            answers=partial(listens_at, cluster.sockets),
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

    def _chosen(self) -> list[Program]:
        every = programs(self.options.ports, self.home.spool)
        return [program for program in every if self.options.chosen(program.name)]

    def _address(self, port: str) -> tuple[str, int]:
        return self.options.ports.bind, self.options.ports.by_name[port]

    def _answer_of(self, program: Program) -> Callable[[], bool]:
        if program.port is None:
            return lambda: True
        address = self._address(program.port)
        if program.kind == "web":
            return partial(shows_pages, f"http://{address[0]}:{address[1]}/")
        return partial(listens_on, address)

    def _env(self) -> dict[str, str]:
        return provision.base_environ(self.home, self.options.ports.environ())

    def _write_state(self, path: Path) -> None:
        state = {
            "supervisor": os.getpid(),
            "home": str(self.home.root),
            "urls": {site: self.options.ports.url(site) for site in SITES},
            "processes": {child.name: child.pid for child in self.watched},
            "first_page_seconds": self.first_page,
            "seconds": self._seconds(),
        }
        fresh = path.with_name(f".{path.name}.{os.getpid()}")
        fresh.write_text(json.dumps(state, indent=2))
        fresh.rename(path)

    def _announce(self) -> None:
        say(f"全部就绪，用时 {self._seconds()} 秒。按 Ctrl-C 停止。")
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
    except KeyboardInterrupt:
        say("已立即停止，没有等待各进程自行结束。")
        return 1


def _run(supervisor: Supervisor) -> int:
    try:
        supervisor.check_ports()
        supervisor.prepare()
        supervisor.preparing = False
        supervisor.launch()
        supervisor.watch()
    except KeyboardInterrupt:
        say("收到停止信号，放弃正在进行的步骤。")
    finally:
        supervisor.end()
    return 0
