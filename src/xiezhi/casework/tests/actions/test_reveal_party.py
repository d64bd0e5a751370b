from __future__ import annotations

import pytest

from xiezhi.casework.actions.accept_application import accept_application
from xiezhi.casework.actions.reveal_party import reveal_party
from xiezhi.casework.models import Intake, Party
from xiezhi.casework.tests.conftest import (
    APPLY,
    DECIDED_AT,
    MANAGER,
    OFFICER,
    PLAINTIFF_ID,
    STRANGER,
)
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.errors import Forbidden, NotFound
from xiezhi.foundation.transactions import acting
from xiezhi.security.audit.models import AuditEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def plaintiff(under_review: Intake) -> Party:
    with acting(OFFICER):
        case = accept_application(intake_id=under_review.pk, actor=OFFICER, at=DECIDED_AT)
        return case.parties.get(role="plaintiff")


def reveal(party: Party, actor: Actor) -> Party:
    with acting(actor):
        return reveal_party(case_id=party.case_id, party_id=party.pk, actor=actor, at=DECIDED_AT)


def test_reveal_party_keeps_who_looked(plaintiff: Party) -> None:
    assert reveal(plaintiff, OFFICER).id_number == PLAINTIFF_ID

    with acting(APPLY):
        entry = AuditEntry.objects.get(act="casework.party_revealed")
    assert (entry.actor_id, entry.subject_id) == (OFFICER.account_id, plaintiff.case_id)
    assert PLAINTIFF_ID not in str(entry.facts)


@pytest.mark.parametrize(("actor", "refusal"), [(MANAGER, Forbidden), (STRANGER, NotFound)])
def test_reveal_party_refuses_who_may_not_open_the_file(
    plaintiff: Party, actor: Actor, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        reveal(plaintiff, actor)

    with acting(APPLY):
        assert AuditEntry.objects.filter(act="casework.party_revealed").count() == 0
