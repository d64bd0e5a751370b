"""What the exchange itself does with the messages that sites send about their accounts."""

from __future__ import annotations

from typing import Final

from xiezhi.contracts.messages import AccountDetail
from xiezhi.exchange.actions.take_account_detail import take_account_detail
from xiezhi.exchange.handlers import Received, handles
from xiezhi.foundation.actors import Actor

ACTOR: Final = Actor.system("exchange.accounts")


@handles(AccountDetail)
def on_account_detail(message: AccountDetail, received: Received) -> None:
    """Compare the details with what we hold."""
    take_account_detail(message=message, src=received.src, at=received.received_at, actor=ACTOR)
