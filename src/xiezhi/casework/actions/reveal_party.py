"""Show what identifies a party in full, and keep who looked."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from xiezhi.casework.grants import GRANTS
from xiezhi.casework.models import Party
from xiezhi.casework.permissions import May
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.errors import NotFound
from xiezhi.foundation.permissions import require
from xiezhi.security.audit.actions.audit import audit


@transaction.atomic
def reveal_party(*, case_id: UUID, party_id: UUID, actor: Actor, at: datetime) -> Party:
    """Return the party; the audit keeps who saw its ID number, phone and address, and when.

    Basis: 个人信息保护法第五十一条. Refuses: ``NotFound``, ``Forbidden``.
    """
    party = Party.objects.filter(pk=party_id, case_id=case_id).select_related("case").first()
    if party is None:
        raise NotFound
    require(GRANTS, May.READ_FILE, actor, party.case)
    audit(
        act="casework.party_revealed",
        actor=actor,
        at=at,
        subject_kind="case",
        subject_id=party.case_id,
        basis="《中华人民共和国个人信息保护法》第五十一条",
        facts={"party": party.pk},
    )
    return party
