from __future__ import annotations

import pytest
from django.test import Client

from xiezhi.foundation.transactions import acting
from xiezhi.identity.staff.models import StaffAccount
from xiezhi.identity.staff.sessions import POST_KEY
from xiezhi.identity.staff.tests.conftest import PASSWORD, SYSTEM, browser, employ, hire
from xiezhi.security.audit.models import AuditEntry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("courts")]
LOGIN = "/account/login/"


def log_in(client: Client, password: str = PASSWORD, login_name: str = "jia") -> int:
    answer = client.post(LOGIN, {"login_name": login_name, "password": password, "next": "/"})
    return answer.status_code


def test_login_with_one_post_acts_in_it_at_once() -> None:
    post = employ(hire(), "filing_officer")
    client = Client()

    assert (log_in(client), client.session[POST_KEY]) == (302, str(post.pk))
    assert client.get("/").status_code == 200


def test_login_with_several_posts_asks_which() -> None:
    account = hire()
    employ(account, "filing_officer")
    employ(account, "division_head")
    client = Client()

    log_in(client)

    answer = client.get("/")
    assert (answer.status_code, answer["Location"]) == (302, "/account/post/?next=/")
    page = client.get("/account/post/").content.decode()
    assert (page.count("以此身份办理"), "立案人员" in page, "庭长" in page) == (2, True, True)


@pytest.mark.parametrize(
    ("login_name", "password"), [("jia", "wrong-password"), ("nobody", PASSWORD), ("jia", "")]
)
def test_login_refuses_without_telling_which_was_wrong(login_name: str, password: str) -> None:
    employ(hire(), "filing_officer")
    client = Client()

    assert (log_in(client, password, login_name), POST_KEY in client.session) == (422, False)


def test_login_locks_out_after_five_failures() -> None:
    employ(hire(), "filing_officer")
    client = Client()

    answers = [log_in(client, "wrong-password") for _ in range(5)] + [log_in(client)]

    assert answers[3:] == [422, 429, 429]


def test_login_is_audited_and_keeps_no_name() -> None:
    employ(hire(), "filing_officer")
    log_in(Client(), "wrong-password")
    log_in(Client())

    with acting(SYSTEM):
        entries = AuditEntry.objects.filter(act__startswith="staff.log").order_by("id")
        assert [entry.act for entry in entries] == ["staff.login_failed", "staff.logged_in"]
        assert "jia" not in str(entries.values())


def test_an_inactive_account_cannot_log_in() -> None:
    employ(hire(), "filing_officer")
    with acting(SYSTEM):
        StaffAccount.objects.update(is_active=False)

    assert log_in(Client()) == 422


def test_logout_ends_the_session() -> None:
    client = browser(employ(hire(), "filing_officer"))

    client.post("/account/logout/")

    answer = client.get("/")
    assert (answer.status_code, answer["Location"]) == (302, f"{LOGIN}?next=/")


def test_login_never_leads_to_another_host() -> None:
    employ(hire(), "filing_officer")

    answer = Client().post(
        LOGIN, {"login_name": "jia", "password": PASSWORD, "next": "https://example.org/"}
    )

    assert answer["Location"] == "/"
