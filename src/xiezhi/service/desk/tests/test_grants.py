"""What a list shows and what a detail allows are the same."""

from __future__ import annotations

import pytest

from xiezhi.foundation.actors import ANONYMOUS, Actor
from xiezhi.foundation.permissions import allowed, visible
from xiezhi.foundation.transactions import acting
from xiezhi.identity.people.models import Account
from xiezhi.identity.people.tests.people import acting_as
from xiezhi.service.desk.grants import GRANTS
from xiezhi.service.desk.models import Application
from xiezhi.service.desk.tests.drafts import SYSTEM, draft

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("permission", list(GRANTS))
def test_list_and_detail_agree(jia: Account, yi: Account, permission: str) -> None:
    rows = [draft(jia), draft(yi)]
    actors = [acting_as(jia), acting_as(yi), Actor.system("test"), ANONYMOUS]
    chosen = next(each for each in GRANTS if each == permission)
    with acting(SYSTEM):
        for actor in actors:
            listed = set(Application.objects.filter(visible(GRANTS, chosen, actor)))
            assert listed == {one for one in rows if allowed(GRANTS, chosen, actor, one)}
