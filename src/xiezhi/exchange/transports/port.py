"""The port of a transport: durable handing over, repeated delivery allowed, order not promised."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import BinaryIO, Protocol


class Lane(StrEnum):
    """Messages and receipts travel in parcels; attachments in the bulk lane, never before them."""

    PARCEL = "parcel"
    BULK = "bulk"


class Gone(FileNotFoundError):
    """What was listed is no longer there: it was replaced, or taken by another receiver."""


class Arrived(Protocol):
    """Something that lies in our in tray."""

    @property
    def name(self) -> str:
        """Name it in logs; the same thing bears the same name as long as it lies there."""

    @property
    def peer(self) -> str:
        """Name the tray's sender; what an envelope says of itself must agree."""

    @property
    def size(self) -> int:
        """Give its size in bytes, known before anything is read."""

    def open(self) -> BinaryIO:
        """Open it for reading. Refuses: ``Gone``, and any other ``OSError``."""


@dataclass(frozen=True, slots=True)
class Load:
    """What lies in one lane."""

    files: int = 0
    bytes: int = 0


@dataclass(frozen=True, slots=True)
class Backlog:
    """What we handed over for a peer and nobody has taken yet."""

    parcels: Load = Load()
    bulk: Load = Load()

    @property
    def files(self) -> int:
        """Count the files of both lanes."""
        return self.parcels.files + self.bulk.files

    @property
    def bytes(self) -> int:
        """Add up the bytes of both lanes."""
        return self.parcels.bytes + self.bulk.bytes


@dataclass(frozen=True, slots=True)
class Trouble:
    """What stands in a ferry's way: the place, relative to the spool, and the error's name."""

    place: str
    error: str


@dataclass(frozen=True, slots=True)
class FerryWord:
    """What the ferry said of itself last.

    ``heard_at`` is when its word reached our disk, by our clock; ``clock`` is the same moment by
    the clock of the ferry. ``brought`` and ``taken`` count files of this pair of sites since the
    ferry began.
    """

    heard_at: datetime
    clock: datetime
    begun_at: datetime
    brought: int
    taken: int
    troubles: tuple[Trouble, ...]
    more_troubles: int

    @property
    def skew(self) -> timedelta:
        """Say by how much the ferry's clock is ahead of ours."""
        return self.clock - self.heard_at

    def silent_for(self, at: datetime) -> timedelta:
        """Say how long nothing was heard; a clock of ours that was set back makes it zero."""
        return max(at - self.heard_at, timedelta(0))


class Transport(Protocol):
    """One way to a peer."""

    def prepare(self, peers: Sequence[str]) -> None:
        """Make what is needed to exchange with ``peers``; repeated, it mends what is missing.

        Refuses: ``OSError`` when something cannot be made now.
        """

    def put(self, peer: str, parcels: Sequence[bytes]) -> None:
        """Hand parcels over; when this returns they survive a power cut.

        Refuses: ``OSError`` when they could not be handed over; none or some may then arrive.
        """

    def put_bulk(self, peer: str, name: str, write: Callable[[BinaryIO], None]) -> None:
        """Hand one bulk file over, written by ``write``; durable when this returns.

        The same ``name`` replaces what is still under way. Refuses: ``OSError``.
        """

    def arrived(self, peer: str, lane: Lane, limit: int) -> list[Arrived]:
        """List what has arrived from a peer, oldest name first. Refuses: ``OSError``."""

    def discard(self, arrived: Sequence[Arrived]) -> None:
        """Remove what has been dealt with, after the transaction that dealt with it.

        Refuses: ``OSError``; what was not removed is listed again.
        """

    def backlog(self, peer: str) -> Backlog:
        """Measure what was handed over and not yet taken. Refuses: ``OSError``."""

    def ferry_word(self, peer: str) -> FerryWord | None:
        """Give the ferry's last word; ``None`` when none was heard, or no ferry serves this way."""

    def close(self) -> None:
        """Let go of connections and threads; what was handed over stays."""
