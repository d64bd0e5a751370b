"""Starting a draft."""

from __future__ import annotations

import pytest

from xiezhi.directory.queries import CourtNotFound
from xiezhi.foundation.actors import ANONYMOUS, Actor
from xiezhi.foundation.errors import LoginRequired, NotFound
from xiezhi.foundation.transactions import acting
from xiezhi.identity.people.models import Account
from xiezhi.identity.people.tests.people import acting_as
from xiezhi.service.desk.actions import start_draft as act
from xiezhi.service.desk.actions.start_draft import (
    CourtTakesNoFiling,
    TooManyDrafts,
    start_draft,
)
from xiezhi.service.desk.models import Application, ApplicationEvent
from xiezhi.service.desk.tests.drafts import AT, COURT, KIND, SYSTEM, draft, make_court

pytestmark = pytest.mark.django_db


def start(actor: Actor, *, kind: str = KIND, court: str = COURT) -> Application:
    with acting(actor):
        return start_draft(kind_code=kind, court_id=court, actor=actor, at=AT)


def test_start_draft_opens_an_empty_draft_with_its_event(jia: Account) -> None:
    application = draft(jia)

    assert (application.state, application.owner_id, application.kind_version) == (
        "draft",
        jia.pk,
        1,
    )
    with acting(SYSTEM):
        event = ApplicationEvent.objects.get()
    assert (event.kind, event.seq, event.actor_id) == ("application.started", 1, jia.pk)


def test_start_draft_refuses_nobody() -> None:
    make_court()
    with pytest.raises(LoginRequired):
        start(ANONYMOUS)


def test_start_draft_refuses_an_unknown_kind(jia: Account) -> None:
    make_court()
    with pytest.raises(NotFound):
        start(acting_as(jia), kind="filing.unknown")


def test_start_draft_refuses_an_unknown_court(jia: Account) -> None:
    with pytest.raises(CourtNotFound):
        start(acting_as(jia), court="无9999")


def test_start_draft_refuses_a_court_that_takes_nothing_online(jia: Account) -> None:
    make_court("示0199", online=False)
    with pytest.raises(CourtTakesNoFiling):
        start(acting_as(jia), court="示0199")


def test_start_draft_refuses_endless_drafts(jia: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(act, "DRAFTS_AT_ONCE", 1)
    draft(jia)

    with pytest.raises(TooManyDrafts):
        start(acting_as(jia))
    with acting(SYSTEM):
        assert Application.objects.count() == 1
