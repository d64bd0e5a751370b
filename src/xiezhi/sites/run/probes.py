"""Tell from outside whether a process does its work."""

import socket
import time
import urllib.error
import urllib.request
from pathlib import Path


def listens_at(sockets: Path) -> bool:
    """Return whether a database accepts connections in the folder ``sockets``."""
    with socket.socket(socket.AF_UNIX) as probe:
        return probe.connect_ex(str(sockets / ".s.PGSQL.5432")) == 0


def listens_on(address: tuple[str, int]) -> bool:
    """Return whether anything listens at ``address``."""
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(address) == 0


def can_listen(address: tuple[str, int], *, patience: float = 5.0) -> bool:
    """Return whether ``address`` is free, waiting for a program that is just ending there."""
    end = time.monotonic() + patience
    while True:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(address)
            except OSError:
                if time.monotonic() > end:
                    return False
            else:
                return True
        time.sleep(0.1)


def shows_pages(url: str) -> bool:
    """Return whether the site answers without a fault of its own."""
    request = urllib.request.Request(url, headers={"User-Agent": "xiezhi-supervisor"})  # noqa: S310  # our own address
    try:
        with urllib.request.urlopen(request, timeout=5):  # noqa: S310  # our own address
            return True
    except urllib.error.HTTPError as error:
        return error.code < 500  # noqa: PLR2004  # a page that asks for a login also answers
    except OSError:
        return False
