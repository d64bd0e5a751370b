"""How gunicorn serves the pages of a site (read by ``gunicorn --config python:…``)."""

import os
import signal
import socket
import struct
from collections.abc import Sequence
from typing import Protocol

from xiezhi.sites.run.children import die_with_parent

worker_class = "gthread"
workers = int(os.environ.get("XIEZHI_WEB_WORKERS", "2"))
threads = int(os.environ.get("XIEZHI_WEB_THREADS", "4"))
preload_app = True  # imported once, before the fork: half the start and less memory
control_socket_disable = True  # its default place is in the home of an account that has none
worker_tmp_dir = "/dev/shm"  # noqa: S108  # gunicorn's own, unnamed heartbeat files
graceful_timeout = 8
timeout = 60
keepalive = 5
max_requests = 20_000
max_requests_jitter = 2_000
accesslog = None
errorlog = "-"
loglevel = "warning"


# A client that says nothing for so long is gone, like a phone without network. Without an end each
# would hold a thread for ever.
SILENCE = {socket.SO_RCVTIMEO: 20, socket.SO_SNDTIMEO: 60}


class Listener(Protocol):
    """A place where gunicorn listens."""

    sock: socket.socket


class Arbiter(Protocol):
    """The process that forks the workers, as far as it matters here."""

    pid: int
    LISTENERS: Sequence[Listener]


def when_ready(server: Arbiter) -> None:
    """Set how long each connection may be silent; the accepted ones inherit it."""
    for listener in server.LISTENERS:
        for option, seconds in SILENCE.items():
            listener.sock.setsockopt(socket.SOL_SOCKET, option, struct.pack("@ll", seconds, 0))


def pre_fork(_server: Arbiter, _worker: object) -> None:
    """Close what the preloaded application opened: a database connection cannot be shared."""
    from django.db import connections  # noqa: PLC0415  # settings exist only after preloading

    connections.close_all()


def post_fork(server: Arbiter, _worker: object) -> None:
    """End a worker with its arbiter, so that a killed arbiter leaves none behind."""
    die_with_parent(signal.SIGKILL, server.pid)()
