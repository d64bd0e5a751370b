"""Registering an account."""

from __future__ import annotations

import pytest
from django.db import connection

from xiezhi.foundation.actors import ANONYMOUS, Actor
from xiezhi.foundation.transactions import acting
from xiezhi.identity.people.actions.register import (
    AlreadyRegistered,
    IdentityUnreadable,
    register,
)
from xiezhi.identity.people.models import Account, Verification
from xiezhi.identity.people.tests.people import AT, PASSWORD, id_number, person, phone
from xiezhi.security.audit.models import AuditEntry

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("test")


def test_register_keeps_name_in_clear_and_numbers_encrypted() -> None:
    account = person()

    with acting(SYSTEM):
        kept = Account.objects.get(pk=account.pk)
        assert (kept.name, kept.id_number, kept.phone) == ("甲某", id_number(), phone())
        with connection.cursor() as cursor:
            cursor.execute("SELECT row_to_json(a)::text FROM identity_people_account a")
            (row,) = cursor.fetchone()
    assert "甲某" in row
    assert id_number() not in row
    assert phone() not in row


def test_register_says_that_identity_is_declared_only() -> None:
    assert person().verification == Verification.DECLARED


def test_register_hashes_the_password_with_argon2id() -> None:
    assert person().password.startswith("argon2$argon2id$v=19$m=65536,t=3,p=4$")


def test_register_is_audited_without_personal_data() -> None:
    account = person()

    with acting(SYSTEM):
        entry = AuditEntry.objects.get(act="account.registered")
    assert (entry.subject_id, entry.actor_id) == (account.pk, account.pk)
    assert id_number() not in str(entry.facts)


@pytest.mark.parametrize(
    ("number", "mobile"),
    [(id_number(1), phone(9)), (id_number(9), phone(1))],
    ids=["same id number", "same phone"],
)
def test_register_refuses_a_second_account_without_saying_whose(number: str, mobile: str) -> None:
    person(1, "甲")

    with pytest.raises(AlreadyRegistered) as refusal:
        register(
            name="乙", id_number=number, phone=mobile, password=PASSWORD, actor=ANONYMOUS, at=AT
        )

    said = f"{refusal.value}{refusal.value.next_step}"
    assert "甲" not in said
    with acting(SYSTEM):
        assert Account.objects.count() == 1
        assert AuditEntry.objects.count() == 1


@pytest.mark.parametrize(
    ("number", "mobile"),
    [("990101199003070011", phone()), (id_number(), "12345")],
    ids=["wrong check character", "no phone"],
)
def test_register_refuses_unreadable_numbers(number: str, mobile: str) -> None:
    with pytest.raises(IdentityUnreadable):
        register(
            name="甲", id_number=number, phone=mobile, password=PASSWORD, actor=ANONYMOUS, at=AT
        )

    with acting(SYSTEM):
        assert list(Account.objects.all()) == []


@pytest.mark.parametrize(
    ("name", "kept"), [("\u202e甲\u200b某", "甲某"), ("𠮷\r\n某", "𠮷 某"), ("\u200b\u2066", "")]
)
def test_register_keeps_a_name_as_it_is_seen(name: str, kept: str) -> None:
    def act() -> Account:
        return register(
            name=name,
            id_number=id_number(),
            phone=phone(),
            password=PASSWORD,
            actor=ANONYMOUS,
            at=AT,
        )

    if kept:
        assert act().name == kept
        return
    with pytest.raises(IdentityUnreadable):
        act()
