"""Suspend the exchange with a peer, or take it up again."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from django.db import transaction

from xiezhi.exchange.actions._move import move_peer as move
from xiezhi.exchange.models import Peer
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.errors import NotFound
from xiezhi.security.audit.actions.audit import audit


@transaction.atomic
def move_peer(*, site: str, name: Literal["suspend", "resume"], actor: Actor, at: datetime) -> Peer:
    """Take the move ``name``: a suspended peer is neither sent to nor heard, and nothing is lost.

    Refuses: ``NotFound``, ``Forbidden``, ``MoveRefused``.
    """
    peer = Peer.objects.select_for_update(no_key=True).filter(site=site).first()
    if peer is None:
        raise NotFound
    move(peer, name, actor=actor)
    audit(
        act=f"exchange.peer_{name}",
        actor=actor,
        at=at,
        subject_kind="peer",
        subject_id=peer.id,
        facts={"peer": site},
    )
    return peer
