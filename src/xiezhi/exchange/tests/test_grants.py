"""Who may watch: the same answer for one row and for a list."""

from __future__ import annotations

from itertools import product

import pytest

from xiezhi.exchange.grants import GRANTS
from xiezhi.exchange.models import Peer
from xiezhi.exchange.permissions import ExchangePermission
from xiezhi.foundation.actors import ANONYMOUS, Actor
from xiezhi.foundation.ids import uuid7
from xiezhi.foundation.permissions import allowed, visible

pytestmark = pytest.mark.django_db


def test_grants_read_the_same_as_check_and_as_filter() -> None:
    peers = [Peer.objects.create(site=name) for name in ("service", "bank")]
    posts = [frozenset({role}) for role in ("system_admin", "tier1_operator", "filing_judge")]
    staff = [Actor.staff(uuid7(), post_id=uuid7(), unit_id="C1", roles=roles) for roles in posts]
    actors = [*staff, Actor.system("exchange.relay"), Actor.person(uuid7()), ANONYMOUS]

    for permission, actor in product(ExchangePermission, actors):
        by_filter = set(Peer.objects.filter(visible(GRANTS, permission, actor)))
        by_check = {each for each in peers if allowed(GRANTS, permission, actor, each)}
        assert by_filter == by_check


def test_grants_cover_every_permission() -> None:
    assert set(GRANTS) == set(ExchangePermission)
