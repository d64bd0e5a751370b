"""The ring and the peers of this process: loaded once, read anew when the files change."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Final, Generic, TypeVar

from django.conf import settings

from xiezhi.security.keys.peers import PeerBook
from xiezhi.security.keys.ring import KeyRing

Held = TypeVar("Held")
_COARSE_NS: Final = 50_000_000


@dataclass(frozen=True, slots=True)
class _Loaded(Generic[Held]):
    changed_ns: int
    value: Held


class _Cache(Generic[Held]):
    """One value per directory, valid while that is unchanged; a process has one directory.

    Key files are replaced by renaming, which changes the directory's time; asking for that
    costs a microsecond, so a rotation reaches every process without a restart. What was read
    within the clock's coarseness of a change is not kept: a second change could bear its time.
    """

    def __init__(self, load: Callable[[Path], Held], folder: str = "") -> None:
        self._load = load
        self._folder = folder
        self._lock = Lock()
        self._loaded: dict[Path, _Loaded[Held]] = {}

    def get(self) -> Held:
        directory = keys_directory()
        changed_ns = _changed_ns(directory / self._folder)
        loaded = self._loaded.get(directory)
        if loaded and loaded.changed_ns == changed_ns:
            return loaded.value
        with self._lock:
            value = self._load(directory)
            settled = time.time_ns() - changed_ns > _COARSE_NS
            self._loaded.pop(directory, None)
            if settled:
                self._loaded[directory] = _Loaded(changed_ns, value)
            return value

    def forget(self) -> None:
        self._loaded.clear()


def keys_directory() -> Path:
    """Return ``<XIEZHI_HOME>/<site>/keys`` of this process."""
    return Path(settings.XIEZHI_SITE_DIRECTORY) / "keys"


def _changed_ns(directory: Path) -> int:
    try:
        return directory.stat().st_mtime_ns
    except FileNotFoundError:
        return 0


_RING = _Cache(KeyRing.load)
_PEERS = _Cache(PeerBook.load, "peers")


def ring() -> KeyRing:
    """Return the key ring of this process's site.

    Refuses: ``KeyFileRefused`` when the site has no keys.
    """
    return _RING.get()


def peers() -> PeerBook:
    """Return the pinned peers of this process's site."""
    return _PEERS.get()


def forget() -> None:
    """Drop what is cached."""
    _RING.forget()
    _PEERS.forget()
