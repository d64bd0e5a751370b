"""What may be asked of accounts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast
from uuid import UUID

from xiezhi.foundation.actors import Actor
from xiezhi.foundation.errors import NotFound
from xiezhi.foundation.permissions import visible
from xiezhi.identity.people.grants import GRANTS
from xiezhi.identity.people.models import Account
from xiezhi.identity.people.permissions import AccountPermission
from xiezhi.law.errors import LawError
from xiezhi.law.identity import check_phone, check_resident_id
from xiezhi.security.fields import BlindIndexField, blind_index


def own_account(actor: Actor) -> Account:
    """Return the actor's own account. Refuses: ``NotFound``."""
    if actor.account_id is None:
        raise NotFound
    seen = visible(GRANTS, AccountPermission.READ, actor)
    account = Account.objects.filter(seen, pk=actor.account_id).first()
    if account is None:
        raise NotFound
    return account


def knows_account(account_id: UUID, *, actor: Actor) -> bool:
    """Tell whether there is such an account among those the actor may read."""
    seen = visible(GRANTS, AccountPermission.READ, actor)
    return Account.objects.filter(seen, pk=account_id).exists()


@dataclass(frozen=True, slots=True)
class LoginName:
    """What was typed to log in: its blind index, and the account that it finds."""

    index: str
    account: Account | None


def find_by_login(login: str) -> LoginName:
    """Find the account by what was typed, a phone or an ID number. The caller acts as system.

    What is neither still gets an index, so that guessing is throttled like any other failure.
    """
    try:
        return _found("phone", check_phone(login).number)
    except LawError:
        pass
    try:
        return _found("id_number", check_resident_id(login).canonical)
    except LawError:
        return LoginName(blind_index(Account, "phone", login or "-"), None)


def _found(source: str, value: str) -> LoginName:
    field = cast("BlindIndexField", Account._meta.get_field(f"{source}_index"))
    account = Account.objects.filter(field.lookup(value)).first()
    return LoginName(blind_index(Account, source, value), account)
