"""People for tests, with numbers of no existing area."""

from __future__ import annotations

from datetime import UTC, datetime

from django.test import Client

from xiezhi.foundation.actors import ANONYMOUS, Actor
from xiezhi.foundation.transactions import acting
from xiezhi.identity.people.actions.log_in import BACKEND
from xiezhi.identity.people.actions.register import register
from xiezhi.identity.people.models import Account
from xiezhi.law.identity import check_character

AT = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
PASSWORD = "yun-ting-qiao-93"


def id_number(serial: int = 1) -> str:
    """Make a valid number of an area that does not exist."""
    first = f"99010119900307{serial:03d}"
    return first + check_character(first)


def phone(serial: int = 1) -> str:
    """Make a mobile number."""
    return f"1380000{serial:04d}"


def person(serial: int = 1, name: str = "甲") -> Account:
    """Register somebody through the real act."""
    return register(
        name=f"{name}某",
        id_number=id_number(serial),
        phone=phone(serial),
        password=PASSWORD,
        actor=ANONYMOUS,
        at=AT,
    )


def acting_as(account: Account) -> Actor:
    """Return the actor of an account."""
    return Actor.person(account.pk, name=account.name)


def member(serial: int = 1, name: str = "甲") -> Account:
    """Make an account without a password: hashing one is slow on purpose."""
    account = Account(
        name=f"{name}某", id_number=id_number(serial), phone=phone(serial), registered_at=AT
    )
    account.set_unusable_password()
    with acting(Actor.system("test")):
        account.save(force_insert=True)
    return account


def enter(client: Client, account: Account) -> Client:
    """Give a browser the session of an account."""
    with acting(Actor.system("test")):
        client.force_login(account, backend=BACKEND)
    return client
