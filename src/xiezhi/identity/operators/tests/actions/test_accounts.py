"""Adding, resetting and disabling operators."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection

from xiezhi.foundation.actors import ANONYMOUS, Actor
from xiezhi.foundation.errors import Forbidden
from xiezhi.foundation.ids import uuid7
from xiezhi.foundation.transactions import acting
from xiezhi.identity.operators.actions._issue import Issued
from xiezhi.identity.operators.actions.add_operator import add_operator
from xiezhi.identity.operators.actions.disable_operator import disable_operator
from xiezhi.identity.operators.actions.reset_operator import reset_operator
from xiezhi.identity.operators.errors import LoginNameTaken, LoginNameUnfit, UnknownOperator
from xiezhi.identity.operators.models import Operator, RecoveryCode
from xiezhi.identity.operators.queries import operators_for
from xiezhi.identity.operators.roles import Role
from xiezhi.identity.operators.second_factor import recovery_digest
from xiezhi.identity.operators.sessions import actor_for
from xiezhi.identity.operators.tests.crew import AT, SYSTEM
from xiezhi.security.audit.models import AuditEntry

pytestmark = pytest.mark.django_db


def add(login_name: str = "jiyun", actor: Actor = SYSTEM) -> Issued:
    """Add an operator as an actor."""
    with acting(actor):
        return add_operator(
            login_name=login_name, name="己运安", role=Role.SYSTEM_ADMIN, actor=actor, at=AT
        )


def rows() -> tuple[int, int, int]:
    """Count operators, recovery codes and audit entries."""
    with acting(SYSTEM):
        counted = (Operator.objects, RecoveryCode.objects, AuditEntry.objects)
        return counted[0].count(), counted[1].count(), counted[2].count()


def test_add_hands_out_what_is_kept_nowhere_in_clear() -> None:
    issued = add()

    with acting(SYSTEM), connection.cursor() as cursor:
        kept = Operator.objects.get()
        digests = set(RecoveryCode.objects.values_list("digest", flat=True))
        cursor.execute("SELECT row_to_json(o)::text FROM identity_operators_operator o")
        (row,) = cursor.fetchone()
    assert kept.check_password(issued.password)
    assert (kept.secret, len(issued.secret)) == (issued.secret, 32)
    assert digests == {recovery_digest(kept.pk, code) for code in issued.recovery_codes}
    assert len(digests) == 10
    assert (issued.password in row, issued.secret in row) == (False, False)


def test_two_operators_are_given_different_proofs() -> None:
    first, second = add(), add("gengyun")

    assert first.password != second.password
    assert first.secret != second.secret
    assert not set(first.recovery_codes) & set(second.recovery_codes)


def test_add_refuses_a_login_name_twice() -> None:
    add()

    with pytest.raises(LoginNameTaken):
        add()

    assert rows() == (1, 10, 1)


@pytest.mark.parametrize("name", ["a", "Ji", "己运", "ji yun", "1ji", "a" * 41, "ji|yun"])
def test_add_refuses_a_login_name_that_cannot_be_typed_everywhere(name: str) -> None:
    with pytest.raises(LoginNameUnfit):
        add(name)

    assert rows() == (0, 0, 0)


def test_reset_makes_old_proofs_void_and_opens_a_disabled_account(operator: Operator) -> None:
    with acting(SYSTEM):
        disable_operator(login_name="yunwei", actor=SYSTEM, at=AT)
        issued = reset_operator(login_name="yunwei", actor=SYSTEM, at=AT)
        kept = Operator.objects.get()
        digests = set(RecoveryCode.objects.values_list("digest", flat=True))
        acts = list(AuditEntry.objects.order_by("id").values_list("act", flat=True))

    assert (kept.is_active, kept.secret == operator.secret) == (True, False)
    assert kept.secret == issued.secret
    assert kept.password != operator.password
    assert digests == {recovery_digest(kept.pk, code) for code in issued.recovery_codes}
    assert acts == ["operator.disabled", "operator.reset"]


def test_disable_twice_is_one_act(operator: Operator) -> None:
    with acting(SYSTEM):
        for _ in range(2):
            disable_operator(login_name="yunwei", actor=SYSTEM, at=AT)

        assert not Operator.objects.get().is_active
        assert AuditEntry.objects.filter(act="operator.disabled").count() == 1


@pytest.mark.parametrize("act", [reset_operator, disable_operator])
def test_an_unknown_operator_is_said_to_be_unknown(db: None, act: Callable[..., object]) -> None:
    with acting(SYSTEM), pytest.raises(UnknownOperator):
        act(login_name="nobody", actor=SYSTEM, at=AT)


def test_accounts_are_kept_by_the_system_alone(operator: Operator) -> None:
    before = rows()

    for actor in (actor_for(operator), Actor.person(uuid7()), ANONYMOUS):
        with pytest.raises(Forbidden):
            add(actor=actor)
        for act in (reset_operator, disable_operator):
            with acting(actor), pytest.raises(Forbidden):
                act(login_name="yunwei", actor=actor, at=AT)
        with acting(actor), pytest.raises(Forbidden):
            operators_for(actor)

    assert rows() == before
