"""The portal's frame: people are told while the way to the court is slow."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import RequestFactory
from django.utils import timezone

from xiezhi.contracts.messages import ApplicationReceived
from xiezhi.exchange.models import OutboxMessage
from xiezhi.foundation.actors import ANONYMOUS, Actor
from xiezhi.foundation.ids import uuid7
from xiezhi.service.desk.shell import DELAYED, portal

pytestmark = pytest.mark.django_db


def notice(rf: RequestFactory, actor: Actor) -> str:
    request = rf.get("/")
    request.actor, request.live_url = actor, ""  # type: ignore[attr-defined]  # the door sets them
    return str(portal(request).notice)


@pytest.mark.parametrize(("seconds", "told"), [(60, ""), (301, DELAYED)])
def test_a_delay_is_told_to_who_is_logged_in(rf: RequestFactory, seconds: int, told: str) -> None:
    OutboxMessage.objects.create(
        dst="court",
        conversation="note:1",
        position=1,
        type=ApplicationReceived.TYPE,
        version=1,
        act_at=timezone.now(),
        posted_at=timezone.now() - timedelta(seconds=seconds),
    )

    assert notice(rf, Actor.person(uuid7())) == told
    assert notice(rf, ANONYMOUS) == ""
