"""The operators of a court: whoever holds such a post lands on the exchange, nobody else enters."""

from __future__ import annotations

import pytest
from django.test import Client

from xiezhi.identity.staff.tests.conftest import PASSWORD, browser, employ, hire

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("courts")]
CONSOLE = "/operations/exchange/"


@pytest.mark.parametrize("role", ["system_admin", "tier1_operator"])
def test_an_operator_is_led_from_home_to_the_exchange(role: str) -> None:
    desk = browser(employ(hire(), role))

    assert desk.get("/", follow=True).redirect_chain == [("/operations/", 302), (CONSOLE, 302)]
    page = desk.get(CONSOLE).content.decode()
    assert '<a href="/operations/exchange/" aria-current="page"' in page


def test_login_leads_an_operator_to_the_exchange() -> None:
    employ(hire(), "system_admin")

    answer = Client().post(
        "/account/login/", {"login_name": "jia", "password": PASSWORD, "next": "/"}, follow=True
    )

    assert answer.redirect_chain[-1] == (CONSOLE, 302)


@pytest.mark.parametrize("role", ["filing_officer", "court_leader", "case_judge", "audit_admin"])
def test_the_exchange_is_refused_to_other_posts(role: str) -> None:
    assert browser(employ(hire(), role)).get(CONSOLE).status_code == 403


@pytest.mark.parametrize("path", ["/operations/", CONSOLE])
def test_nobody_is_led_to_the_login(path: str) -> None:
    answer = Client().get(path)

    assert (answer.status_code, answer["Location"]) == (302, f"/account/login/?next={path}")
