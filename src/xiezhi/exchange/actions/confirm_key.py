"""Pin a proposed key, after two people have compared its fingerprint by telephone."""

from __future__ import annotations

import json
from datetime import datetime
from uuid import UUID

from django.db import transaction

from xiezhi.exchange.actions._move import move_peer, move_proposal
from xiezhi.exchange.grants import GRANTS
from xiezhi.exchange.models import Peer, ProposedKey
from xiezhi.exchange.models.peering import HEARD
from xiezhi.exchange.permissions import ExchangePermission as May
from xiezhi.exchange.refusals import FingerprintDiffers, KeyUnusable
from xiezhi.exchange.states import PeerState
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.errors import NotFound
from xiezhi.foundation.permissions import require
from xiezhi.security.audit.actions.audit import audit
from xiezhi.security.keys.current import keys_directory
from xiezhi.security.keys.peers import pin_peer
from xiezhi.security.keys.records import PeerKeyRecord


@transaction.atomic
def confirm_key(*, proposal_id: UUID, heard: str, actor: Actor, at: datetime) -> ProposedKey:
    """Pin the key if ``heard`` are the last eight characters of its fingerprint.

    With its first key a proposed peer begins to be exchanged with. The pin is the last step: if
    the commit fails the key is pinned and still proposed, and confirming again mends that.
    Refuses: ``NotFound``, ``Forbidden``, ``MoveRefused``, ``FingerprintDiffers``, ``KeyUnusable``
    for a key that has ended.
    """
    require(GRANTS, May.CONNECT, actor, Peer())
    key = ProposedKey.objects.select_for_update(no_key=True).filter(pk=proposal_id).first()
    if key is None:
        raise NotFound
    if "".join(heard.split()).lower() != key.fingerprint[-HEARD:]:
        raise FingerprintDiffers(peer=key.peer)
    record = PeerKeyRecord.model_validate_json(json.dumps(key.record))
    if record.valid_to <= at:
        raise KeyUnusable(why="它的有效期已经结束")
    move_proposal(key, "confirm", actor=actor, decided_at=at, decided_by=actor.account_id)
    peer = Peer.objects.select_for_update(no_key=True).get(site=key.peer)
    if peer.state == PeerState.PROPOSED:
        move_peer(peer, "accept", actor=actor)
    audit(
        act="exchange.key_confirmed",
        actor=actor,
        at=at,
        subject_kind="peer",
        subject_id=peer.id,
        facts={"peer": key.peer, "key": key.key_id, "fingerprint": key.fingerprint},
    )
    pin_peer(keys_directory(), json.dumps({"site": key.peer, "keys": [key.record]}))
    return key
