"""Decide that a proposed key is not to be believed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from xiezhi.exchange.actions._move import move_proposal
from xiezhi.exchange.models import ProposedKey
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.errors import NotFound
from xiezhi.security.audit.actions.audit import audit


@transaction.atomic
def decline_key(*, proposal_id: UUID, actor: Actor, at: datetime) -> ProposedKey:
    """Put a proposed key aside; its site may propose it again.

    Refuses: ``NotFound``, ``Forbidden``, ``MoveRefused``.
    """
    key = ProposedKey.objects.select_for_update(no_key=True).filter(pk=proposal_id).first()
    if key is None:
        raise NotFound
    move_proposal(key, "decline", actor=actor, decided_at=at, decided_by=actor.account_id)
    audit(
        act="exchange.key_declined",
        actor=actor,
        at=at,
        subject_kind="proposed_key",
        subject_id=key.id,
        facts={"peer": key.peer, "key": key.key_id},
    )
    return key
