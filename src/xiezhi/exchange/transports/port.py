"""The port of a transport: durable handing over, repeated delivery allowed, order not promised."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import BinaryIO, Protocol


class Lane(StrEnum):
    """Messages and receipts travel in parcels; attachments in the bulk lane, never before them."""

    PARCEL = "parcel"
    BULK = "bulk"


class Arrived(Protocol):
    """Something that lies in our in tray."""

    @property
    def name(self) -> str:
        """Name it in logs."""

    @property
    def peer(self) -> str:
        """Name the tray's sender; what an envelope says of itself must agree."""

    @property
    def size(self) -> int:
        """Give its size in bytes, known before anything is read."""

    def open(self) -> BinaryIO:
        """Open it for reading."""


class Transport(Protocol):
    """One way to a peer."""

    def put(self, peer: str, parcels: Sequence[bytes]) -> None:
        """Hand parcels over; when this returns they survive a power cut.

        Refuses: ``OSError`` when they could not be handed over; none or some may then arrive.
        """

    def put_bulk(self, peer: str, name: str, write: Callable[[BinaryIO], None]) -> None:
        """Hand one bulk file over, written by ``write``; durable when this returns.

        The same ``name`` replaces what is still under way.
        """

    def arrived(self, peer: str, lane: Lane, limit: int) -> list[Arrived]:
        """List what has arrived from a peer, oldest name first."""

    def discard(self, arrived: Sequence[Arrived]) -> None:
        """Remove what has been dealt with, after the transaction that dealt with it."""
