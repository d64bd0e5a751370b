"""What a list shows and what a detail allows are the same."""

from __future__ import annotations

import pytest

from xiezhi.foundation.actors import ANONYMOUS, Actor
from xiezhi.foundation.permissions import allowed, visible
from xiezhi.foundation.transactions import acting
from xiezhi.identity.people.grants import GRANTS
from xiezhi.identity.people.models import Account
from xiezhi.identity.people.permissions import AccountPermission
from xiezhi.identity.people.tests.people import acting_as

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("permission", list(AccountPermission))
def test_list_and_detail_agree(jia: Account, yi: Account, permission: AccountPermission) -> None:
    actors = [acting_as(jia), acting_as(yi), Actor.system("test"), ANONYMOUS]
    with acting(Actor.system("test")):
        for actor in actors:
            listed = set(Account.objects.filter(visible(GRANTS, permission, actor)))
            each = {one for one in (jia, yi) if allowed(GRANTS, permission, actor, one)}
            assert listed == each
