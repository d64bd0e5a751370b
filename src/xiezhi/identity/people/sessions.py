"""Who a request comes from: the session read once, the account read once."""

from __future__ import annotations

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from xiezhi.foundation.actors import ANONYMOUS, Actor
from xiezhi.identity.people.models import Account


def actor_of(request: HttpRequest) -> Actor:
    """Return the person logged in, or nobody.

    The caller acts as the system. A session made before the password was changed is void.
    """
    account_id = request.session.get(SESSION_KEY)
    if account_id is None:
        return ANONYMOUS
    known = Account.objects.only("name", "password").filter(pk=account_id, is_active=True)
    account = known.first()
    made_with = request.session.get(HASH_SESSION_KEY, "")
    if account is None or not constant_time_compare(made_with, account.get_session_auth_hash()):
        request.session.flush()
        return ANONYMOUS
    return Actor.person(account.pk, name=account.name)
