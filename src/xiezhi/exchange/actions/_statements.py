"""The statements of the exchange: who takes each kind, and who has some to send.

A statement is a signed word outside the sequence (a receipt, for one). A new kind adds one line to
each table here and one to ``envelope.kinds``.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, Protocol

from xiezhi.exchange.actions._account_statements import owed_accounts
from xiezhi.exchange.actions._receipts import owed_receipts
from xiezhi.exchange.actions._standing import owed_standings
from xiezhi.exchange.actions.take_account import take_account
from xiezhi.exchange.actions.take_account_word import take_account_word
from xiezhi.exchange.actions.take_receipt import take_receipt
from xiezhi.exchange.actions.take_standing import take_standing
from xiezhi.exchange.envelope.account import AccountHeader, AccountWordHeader
from xiezhi.exchange.envelope.header import ReceiptHeader, StatementHeader
from xiezhi.exchange.envelope.standing import StandingHeader
from xiezhi.exchange.trust import SiteTrust
from xiezhi.foundation.actors import Actor


class Taker(Protocol):
    """What is done with a checked statement, in the transaction of its arrival."""

    def __call__(self, *, header: Any, data: bytes, at: datetime, actor: Actor) -> None:
        """Take it. Idempotent: a statement may come again, or late."""


class Provider(Protocol):
    """Who has statements to send to a peer."""

    def __call__(self, peer: str, trust: SiteTrust, at: datetime, limit: int, /) -> list[bytes]:
        """Sign what is owed and strike it off, in the transaction that hands it over."""


TAKERS: Final[Mapping[type[StatementHeader], Taker]] = {
    ReceiptHeader: take_receipt,
    StandingHeader: take_standing,
    AccountHeader: take_account,
    AccountWordHeader: take_account_word,
}
PROVIDERS: Final[tuple[Provider, ...]] = (owed_receipts, owed_standings, owed_accounts)


def take(header: StatementHeader, data: bytes, *, at: datetime, actor: Actor) -> None:
    """Give a checked statement to the one who takes its kind."""
    TAKERS[type(header)](header=header, data=data, at=at, actor=actor)


def owed(peer: str, trust: SiteTrust, at: datetime, limit: int) -> list[bytes]:
    """Collect every statement that is owed to ``peer`` now."""
    return [each for provider in PROVIDERS for each in provider(peer, trust, at, limit)]
