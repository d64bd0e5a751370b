"""The workbench's frame: everybody is told while the way to the portal is slow."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import RequestFactory
from django.utils import timezone

from xiezhi.exchange.models import OutboxMessage
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.ids import uuid7
from xiezhi.sites.court.shell import workbench

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("seconds", "told"), [(60, ""), (301, "与互联网诉讼服务之间的传输有延迟")])
def test_a_delay_is_told_on_every_page(rf: RequestFactory, seconds: int, told: str) -> None:
    OutboxMessage.objects.create(
        dst="service",
        conversation="note:1",
        position=1,
        type="application.accepted",
        version=1,
        act_at=timezone.now(),
        posted_at=timezone.now() - timedelta(seconds=seconds),
    )
    request = rf.get("/")
    roles = frozenset({"tier1_operator"})
    request.actor = Actor.staff(uuid7(), post_id=uuid7(), unit_id="", roles=roles)  # type: ignore[attr-defined]  # the door sets it

    assert str(workbench(request).notice).partition("。")[0] == told
