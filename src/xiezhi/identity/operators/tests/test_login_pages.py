"""Logging in by two proofs, and out, through the pages."""

from __future__ import annotations

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.test import Client
from django.utils import timezone

from xiezhi.foundation.transactions import acting
from xiezhi.identity.operators.models import Operator
from xiezhi.identity.operators.sessions import HALFWAY, HALFWAY_KEY, OPERATOR_KEY
from xiezhi.identity.operators.tests.crew import PASSWORD, RECOVERY, SYSTEM, code, enter
from xiezhi.security.audit.models import AuditEntry

pytestmark = pytest.mark.django_db
LOGIN, CODE, LOGOUT = "/operations/login/", "/operations/login/code/", "/operations/logout/"
RIGHT = {"login_name": "yunwei", "password": PASSWORD}


def prove(client: Client, operator: Operator, proof: str) -> int:
    """Give the code, the password being proven, and return the status of the answer."""
    return enter(client, operator, halfway=True).post(CODE, {"code": proof}).status_code


def test_login_takes_a_password_and_then_a_code(client: Client, operator: Operator) -> None:
    first = client.post(LOGIN, RIGHT)
    assert (first.status_code, first["Location"]) == (302, f"{CODE}?next=/operations/")
    assert OPERATOR_KEY not in client.session

    second = client.post(CODE, {"code": code(operator)})

    assert (second.status_code, second["Location"]) == (302, "/operations/")
    assert client.get("/operations/")["Location"] == "/operations/exchange/"
    assert client.get("/operations/exchange/").status_code == 200


def test_the_password_alone_opens_nothing(client: Client, operator: Operator) -> None:
    client.post(LOGIN, RIGHT)

    answer = client.get("/operations/exchange/")

    assert answer["Location"] == f"{LOGIN}?next=/operations/exchange/"


def test_a_code_is_taken_once(client: Client, operator: Operator) -> None:
    shown = code(operator)
    assert prove(client, operator, shown) == 302
    client.post(LOGOUT)

    again = enter(Client(), operator, halfway=True)
    answer = again.post(CODE, {"code": shown})

    assert answer.status_code == 422
    assert "已经使用过" in answer.content.decode()
    assert OPERATOR_KEY not in again.session


def test_a_code_older_than_the_last_one_used_is_refused(client: Client, operator: Operator) -> None:
    before = code(operator, timezone.now() - timedelta(seconds=30))
    assert prove(client, operator, code(operator)) == 302

    assert prove(Client(), operator, before) == 422


@pytest.mark.parametrize(("minutes", "status"), [(0, 302), (2, 422), (-2, 422)])
def test_a_code_is_good_for_its_half_minute_and_those_beside(
    client: Client, operator: Operator, minutes: int, status: int
) -> None:
    assert (
        prove(client, operator, code(operator, timezone.now() + timedelta(minutes=minutes)))
        == status
    )


def test_a_recovery_code_stands_in_for_the_telephone_once(
    client: Client, operator: Operator
) -> None:
    assert prove(client, operator, RECOVERY.lower().replace("-", " ")) == 302

    assert prove(Client(), operator, RECOVERY) == 422


def test_the_code_must_come_within_five_minutes(client: Client, operator: Operator) -> None:
    client.post(LOGIN, RIGHT)
    session = client.session
    long_ago = timezone.now() - HALFWAY - timedelta(seconds=1)
    session[HALFWAY_KEY] = session[HALFWAY_KEY] | {"begun": long_ago.isoformat()}
    session.save()

    answer = client.post(CODE, {"code": code(operator)})

    assert (answer.status_code, OPERATOR_KEY in client.session) == (422, False)
    assert "请重新输入密码" in answer.content.decode()


def test_a_code_without_a_password_asks_for_the_password(
    client: Client, operator: Operator
) -> None:
    answer = client.post(CODE, {"code": code(operator)})

    assert (answer.status_code, OPERATOR_KEY in client.session) == (422, False)


def test_each_step_gives_the_session_a_new_key(client: Client, operator: Operator) -> None:
    keys = [client.session.session_key]
    client.post(LOGIN, RIGHT)
    keys.append(client.session.session_key)
    client.post(CODE, {"code": code(operator)})
    keys.append(client.session.session_key)

    assert len(set(keys)) == 3
    assert not client.session.exists(str(keys[1]))


@pytest.mark.parametrize(
    "form",
    [
        {"login_name": "yunwei", "password": "wrong"},
        {"login_name": "nobody", "password": PASSWORD},
    ],
)
def test_a_wrong_password_looks_the_same_whether_the_account_exists(
    client: Client, operator: Operator, form: dict[str, str]
) -> None:
    answer = client.post(LOGIN, form)

    assert answer.status_code == 422
    assert "登录名或者密码不正确，请核对后再试。" in answer.content.decode()


def test_a_disabled_operator_cannot_log_in(client: Client, operator: Operator) -> None:
    with acting(SYSTEM):
        Operator.objects.update(is_active=False)

    assert client.post(LOGIN, RIGHT).status_code == 422


def test_wrong_passwords_lock_out_this_address(client: Client, operator: Operator) -> None:
    wrong = RIGHT | {"password": "wrong"}
    assert [client.post(LOGIN, wrong).status_code for _ in range(5)] == [422] * 4 + [429]

    assert client.post(LOGIN, RIGHT).status_code == 429
    elsewhere = Client(REMOTE_ADDR="10.1.1.1")
    assert elsewhere.post(LOGIN, RIGHT).status_code == 302
    kept = str(list(AccessAttempt.objects.values()))
    assert "wrong" not in kept


def test_wrong_codes_lock_out_from_everywhere(client: Client, operator: Operator) -> None:
    statuses = []
    for number in range(5):
        client = Client(REMOTE_ADDR=f"10.1.1.{number}")
        statuses.append(prove(client, operator, "000000"))
    assert statuses == [422] * 4 + [429]

    answer = Client(REMOTE_ADDR="10.1.1.99")
    assert prove(answer, operator, code(operator)) == 429
    assert OPERATOR_KEY not in answer.session
    with acting(SYSTEM):
        assert AuditEntry.objects.filter(act="operator.code_failed").count() == 6


def test_each_step_forgets_the_failures_before_it(client: Client, operator: Operator) -> None:
    client.post(LOGIN, RIGHT | {"password": "wrong"})
    client.post(LOGIN, RIGHT)
    assert AccessAttempt.objects.count() == 0

    client.post(CODE, {"code": "000000"})
    assert AccessAttempt.objects.count() == 1
    client.post(CODE, {"code": code(operator)})
    assert AccessAttempt.objects.count() == 0


def test_login_and_logout_are_audited(client: Client, operator: Operator) -> None:
    client.post(LOGIN, RIGHT | {"password": "wrong"})
    prove(client, operator, "000000")
    prove(client, operator, code(operator))
    client.post(LOGOUT)

    with acting(SYSTEM):
        entries = list(AuditEntry.objects.filter(act__startswith="operator.").order_by("id"))
    assert [entry.act for entry in entries] == [
        *("operator.login_failed", "operator.code_failed"),
        *("operator.logged_in", "operator.logged_out"),
    ]
    assert {entry.subject_id for entry in entries} == {operator.pk}
    assert [entry.actor_id for entry in entries[2:]] == [operator.pk, operator.pk]
    assert entries[2].facts["proof"] == "code"


@pytest.mark.parametrize(
    ("wanted", "led_to"),
    [
        ("/operations/exchange/", "/operations/exchange/"),
        ("/matters/", "/operations/"),
        ("https://example.org/operations/", "/operations/"),
        ("//example.org/operations/", "/operations/"),
    ],
)
def test_login_leads_only_to_pages_of_operators(
    client: Client, operator: Operator, wanted: str, led_to: str
) -> None:
    enter(client, operator, halfway=True)

    assert client.post(CODE, {"code": code(operator), "next": wanted})["Location"] == led_to


def test_the_pages_explain_what_is_missing(client: Client, operator: Operator) -> None:
    first = client.post(LOGIN, {"login_name": "", "password": ""})
    second = client.post(CODE, {"code": ""})

    assert (first.status_code, second.status_code) == (422, 422)
    assert "请填写登录名。" in first.content.decode()
    assert "请填写动态口令。" in second.content.decode()


def test_who_has_logged_in_is_led_on(desk: Client) -> None:
    assert desk.get(LOGIN)["Location"] == "/operations/"


def test_logout_ends_the_session(desk: Client) -> None:
    assert desk.get(LOGOUT).status_code == 405

    assert desk.post(LOGOUT)["Location"] == LOGIN
    assert OPERATOR_KEY not in desk.session
