"""Registering, logging in and out through the pages."""

from __future__ import annotations

import pytest
from axes.models import AccessAttempt
from django.test import Client

from xiezhi.foundation.actors import Actor
from xiezhi.foundation.transactions import acting
from xiezhi.identity.people.models import Account
from xiezhi.identity.people.tests.people import PASSWORD, id_number, phone

pytestmark = pytest.mark.django_db
LOGIN, REGISTER = "/account/login/", "/account/register/"
FORM = {
    "name": "丙某",
    "id_number": id_number(3),
    "phone": phone(3),
    "password": PASSWORD,
    "agreed": "yes",
}


@pytest.mark.parametrize("login", [phone(1), id_number(1), f"+86 {phone(1)}"])
def test_login_by_phone_or_id_number(client: Client, jia: Account, login: str) -> None:
    response = client.post(LOGIN, {"login": login, "password": PASSWORD})

    assert (response.status_code, response["Location"]) == (302, "/")
    assert client.session["_auth_user_id"] == str(jia.pk)


def test_login_gives_the_session_a_new_key(client: Client, jia: Account) -> None:
    session = client.session
    session["before"] = 1
    session.save()
    before = session.session_key or ""
    client.cookies["xz_service_session"] = before

    client.post(LOGIN, {"login": phone(1), "password": PASSWORD})

    assert client.session.session_key != before
    assert not client.session.exists(before)


@pytest.mark.parametrize(
    ("wanted", "led_to"),
    [
        ("/matters/", "/matters/"),
        ("https://example.org/", "/"),
        ("//example.org/", "/"),
        ("/\\example.org/", "/"),
        ("javascript:alert(1)", "/"),
    ],
)
def test_login_leads_only_to_this_site(
    client: Client, jia: Account, wanted: str, led_to: str
) -> None:
    form = {"login": phone(1), "password": PASSWORD, "next": wanted}
    assert client.post(LOGIN, form)["Location"] == led_to


@pytest.mark.parametrize("login", [phone(1), phone(7), "不是号码"])
def test_wrong_login_looks_the_same_whether_the_account_exists(
    client: Client, jia: Account, login: str
) -> None:
    response = client.post(LOGIN, {"login": login, "password": "wrong"})

    assert response.status_code == 422
    assert "账号或者密码不正确，请核对后再试。" in response.content.decode()


def test_failed_logins_lock_out_and_leave_no_number_in_clear(client: Client, jia: Account) -> None:
    form = {"login": phone(1), "password": "wrong", "next": f"/x{phone(1)}"}
    statuses = [client.post(LOGIN, form).status_code for _ in range(6)]

    assert statuses == [422, 422, 422, 422, 429, 429]
    locked = client.post(LOGIN, {"login": phone(1), "password": PASSWORD})
    assert locked.status_code == 429
    assert "请15分钟后再试" in locked.content.decode()
    kept = str(list(AccessAttempt.objects.values()))
    assert phone(1) not in kept
    assert "wrong" not in kept


def test_a_changed_password_ends_other_sessions(client: Client, jia: Account) -> None:
    client.post(LOGIN, {"login": phone(1), "password": PASSWORD})
    jia.set_password("another-one-93")
    with acting(Actor.system("test")):
        jia.save(update_fields=["password"])

    assert client.get("/matters/")["Location"] == "/account/login/?next=/matters/"


def test_logout_ends_the_session(client: Client, jia: Account) -> None:
    client.post(LOGIN, {"login": phone(1), "password": PASSWORD})
    client.post("/account/logout/")

    assert "_auth_user_id" not in client.session
    assert client.get("/account/logout/").status_code == 405


def test_register_page_registers_and_logs_in(client: Client) -> None:
    response = client.post(REGISTER, FORM | {"next": "/matters/"})

    assert (response.status_code, response["Location"]) == (302, "/matters/")
    assert client.get("/matters/").status_code == 200


def test_register_page_says_that_identity_is_not_verified(client: Client) -> None:
    assert "身份信息尚未与公安人口信息核验" in client.get(REGISTER).content.decode()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": ""}, "请填写姓名。"),
        ({"id_number": id_number(3)[:-1] + "A"}, "身份证号码"),
        ({"phone": "010-62345678"}, "固定电话不能用于注册"),
        ({"password": "short"}, "密码"),
        ({"password": f"abc{phone(3)[-6:]}xyz"}, "不要包含您的手机号码"),
        ({"agreed": ""}, "请阅读并勾选"),
    ],
)
def test_register_page_explains_what_to_mend_and_keeps_what_was_typed(
    client: Client, change: dict[str, str], said: str
) -> None:
    response = client.post(REGISTER, FORM | change)

    page = response.content.decode()
    assert response.status_code == 422
    assert said in page
    assert "丙某" in page or "name" in change
    with acting(Actor.system("test")):
        assert list(Account.objects.all()) == []


def test_register_page_refuses_a_second_account(client: Client, jia: Account) -> None:
    response = client.post(REGISTER, FORM | {"id_number": id_number(1)})

    assert response.status_code == 422
    assert "不能再注册新账号" in response.content.decode()
    assert "甲某" not in response.content.decode()


@pytest.mark.parametrize(
    ("password", "said"),
    [("Ab3-xyz", "至少要有10个字符"), ("83920175463", "不要只用数字"), ("password1234", "太常见")],
)
def test_a_weak_password_is_refused_in_chinese(client: Client, password: str, said: str) -> None:
    page = client.post(REGISTER, FORM | {"password": password}).content.decode()
    assert said in page
    assert "This password" not in page
