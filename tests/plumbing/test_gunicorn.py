"""How the pages are served: silent clients are given up."""

import socket
import struct
from collections.abc import Sequence
from dataclasses import dataclass

from xiezhi.sites.run import gunicorn


@dataclass
class Listener:
    sock: socket.socket


@dataclass
class Arbiter:
    pid: int
    LISTENERS: Sequence[gunicorn.Listener]


def test_a_connection_may_not_be_silent_for_ever() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        gunicorn.when_ready(Arbiter(1, [Listener(listening)]))

        with socket.create_connection(listening.getsockname()):
            accepted, _ = listening.accept()

        with accepted:
            size = struct.calcsize("@ll")
            for option, seconds in gunicorn.SILENCE.items():
                told = accepted.getsockopt(socket.SOL_SOCKET, option, size)
                assert struct.unpack("@ll", told) == (seconds, 0)
