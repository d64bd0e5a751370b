"""Make the key that will sign for this site from a coming day on, and offer it to every peer."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from xiezhi.exchange.actions.offer_keys import offer_keys
from xiezhi.exchange.grants import GRANTS
from xiezhi.exchange.models import Peer
from xiezhi.exchange.permissions import ExchangePermission as May
from xiezhi.exchange.refusals import KeyUnusable
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.permissions import require
from xiezhi.security.audit.actions.audit import audit
from xiezhi.security.keys import KeyRefused, PublicIdentity, forget, ring
from xiezhi.security.keys.current import keys_directory
from xiezhi.security.keys.records import SuiteName
from xiezhi.security.keys.rotation import rotate_identity

NOTICE: Final = timedelta(days=1)


@transaction.atomic
def rotate_key(
    *, valid_from: datetime, algorithm: SuiteName | None, actor: Actor, at: datetime
) -> PublicIdentity:
    """Add a key of this site that signs from ``valid_from`` on; the one before stays valid.

    People at every peer compare it before then, so it begins a day from now at the earliest. A
    crash after the key was made leaves it to be offered again. It begins before those there are
    end: no instant is without one. Refuses: ``Forbidden``,
    ``KeyUnusable``.
    """
    require(GRANTS, May.CONNECT, actor, Peer())
    if valid_from < at + NOTICE:
        raise KeyUnusable(why="启用时间至少在一天以后，对方需要时间核对")
    if valid_from > _latest(at):
        raise KeyUnusable(why="启用时间不能晚于现有密钥的截止时间，否则其间没有密钥可以签名")
    try:
        added = rotate_identity(keys_directory(), valid_from=valid_from, algorithm=algorithm)
    except KeyRefused:
        raise KeyUnusable(why="启用时间必须晚于现有的全部密钥") from None
    forget()
    audit(
        act="exchange.key_rotated",
        actor=actor,
        at=at,
        subject_kind="site_key",
        facts={"key": added.key_id, "from": valid_from},
    )
    offer_keys(actor=actor, at=at)
    return added.public


def _latest(at: datetime) -> datetime:
    """Give the last instant at which a next key may begin; soon, if none is left to sign."""
    ends = [each.valid_to for each in ring().public_identities() if not each.revoked]
    return max([at + 2 * NOTICE, *ends])
