"""The standing: how a site stands towards a peer, said every few seconds and whenever asked.

It tells up to when all acts have been sent, which numbers have come, which messages are
understood, and, after a restore, where the site's memory ends.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field

from xiezhi.exchange.envelope.header import (
    Count,
    Instant,
    Ordinal,
    Piece,
    StatementHeader,
    Word,
)

MAX_SPANS: Final = 512

Span = Annotated[tuple[Ordinal, Ordinal], Field(strict=False)]
Spans = Annotated[tuple[Span, ...], Field(max_length=MAX_SPANS)]


class Had(Piece):
    """The numbers of the peer's ``epoch`` that have come, as runs; more than fit are left out."""

    epoch: Count
    numbers: Spans = ()


class Forgotten(Piece):
    """Said after a restore: everything we sent from this number on is forgotten."""

    restored_at: Instant
    epoch: Ordinal
    sequence: Ordinal


class StandingHeader(StatementHeader):
    """How the sender stands towards the receiver.

    ``watermark``: every act before it that concerns the receiver has been sent, under numbers of
    this ``epoch`` not above ``through``. Absent while the sender is in recovery. ``accepts`` gives
    the highest version of each type of message that the sender understands.
    """

    kind: Literal["standing"] = "standing"
    watermark: Instant | None = None
    through: Count = 0
    had: Had
    accepts: Annotated[dict[Word, Ordinal], Field(max_length=512)] = {}
    forgotten: Forgotten | None = None
