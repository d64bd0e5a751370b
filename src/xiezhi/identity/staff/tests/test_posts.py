from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from xiezhi.foundation.actors import ANONYMOUS, Actor
from xiezhi.foundation.errors import Forbidden
from xiezhi.foundation.transactions import acting
from xiezhi.identity.staff.actions.appoint import appoint, end_post
from xiezhi.identity.staff.actions.open_account import open_account
from xiezhi.identity.staff.errors import LoginNameTaken, UnknownRole
from xiezhi.identity.staff.models import Post, StaffAccount
from xiezhi.identity.staff.queries import names_of_posts
from xiezhi.identity.staff.sessions import actor_of
from xiezhi.identity.staff.tests.conftest import (
    AT,
    COURT,
    OTHER_COURT,
    PASSWORD,
    SYSTEM,
    actor_in,
    browser,
    employ,
    hire,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("courts")]


def identify(client: Client) -> Actor:
    request = RequestFactory().get("/")
    request.session = client.session
    with acting(SYSTEM):
        return actor_of(request)


def test_actor_of_costs_one_query() -> None:
    client = browser(employ(hire(), "filing_officer"))
    request = RequestFactory().get("/")
    request.session = client.session
    request.session.get("loaded")

    with acting(SYSTEM), CaptureQueriesContext(connection) as queries:
        actor = actor_of(request)

    assert (actor.roles, len(queries)) == (frozenset({"filing_officer"}), 1)


def test_actor_of_knows_court_post_and_role() -> None:
    post = employ(hire(), "clerk", OTHER_COURT)

    assert identify(browser(post)) == actor_in(post)


def test_a_post_that_has_ended_gives_no_right_at_once() -> None:
    post = employ(hire(), "filing_officer")
    client = browser(post)
    assert client.get("/").status_code == 200
    yesterday = timezone.localdate() - timedelta(days=1)

    with acting(SYSTEM):
        end_post(post_id=post.pk, last_day=yesterday, actor=SYSTEM, at=AT)

    actor = identify(client)
    assert (actor.post_id, actor.roles, actor.unit_id) == (None, frozenset(), "")
    assert client.get("/")["Location"] == "/account/post/?next=/"
    assert "您目前没有任职" in client.get("/account/post/").content.decode()


def test_a_post_that_has_not_begun_gives_no_right() -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    post = employ(hire(), "filing_officer", from_date=tomorrow)

    assert identify(browser(post)).post_id is None


def test_a_changed_password_ends_the_session() -> None:
    post = employ(hire(), "filing_officer")
    client = browser(post)
    with acting(SYSTEM):
        account = StaffAccount.objects.get()
        account.set_password("another-river-48")
        account.save(update_fields=["password"])

    assert identify(client) == ANONYMOUS


def test_choose_post_changes_as_whom_one_acts() -> None:
    account = hire()
    first, second = employ(account, "filing_officer"), employ(account, "division_head")
    client = browser(first)

    answer = client.post("/account/post/", {"post": str(second.pk), "next": "/cases/"})

    assert (answer.status_code, answer["Location"]) == (302, "/cases/")
    assert identify(client).roles == {"division_head"}


def test_choose_post_refuses_the_post_of_another() -> None:
    mine = employ(hire(), "filing_officer")
    theirs = employ(hire("yi", "乙丑宁"), "court_leader")
    client = browser(mine)

    answer = client.post("/account/post/", {"post": str(theirs.pk)})

    assert (answer.status_code, identify(client).post_id) == (403, mine.pk)


@pytest.mark.parametrize(
    ("role", "court_id", "works"),
    [
        ("system_admin", COURT, True),
        ("system_admin", OTHER_COURT, False),
        ("filing_officer", COURT, False),
        ("court_leader", COURT, False),
    ],
)
def test_appoint_is_for_administrators_of_the_court(
    role: str, court_id: str, *, works: bool
) -> None:
    account = hire("bing", "丙寅直")
    actor = actor_in(employ(hire(), role, court_id))

    def act() -> Post:
        with acting(actor):
            return appoint(
                account_id=account.pk,
                court_id=COURT,
                division="立案庭",
                role="clerk",
                from_date=date(2026, 1, 1),
                actor=actor,
                at=AT,
            )

    if works:
        assert act().role == "clerk"
    else:
        with pytest.raises(Forbidden):
            act()


def test_appoint_refuses_a_role_that_is_in_no_table() -> None:
    with pytest.raises(UnknownRole):
        employ(hire(), "emperor")


def test_open_account_refuses_a_login_name_twice() -> None:
    hire()

    with pytest.raises(LoginNameTaken):
        hire(name="乙丑宁")


def test_open_account_is_for_the_system_alone() -> None:
    actor = actor_in(employ(hire(), "system_admin"))

    with acting(actor), pytest.raises(Forbidden):
        open_account(login_name="x", name="丁", password=PASSWORD, actor=actor, at=AT)


def test_raw_sql_shows_staff_their_own_account_and_the_posts_of_their_court() -> None:
    mine = employ(hire(), "filing_officer")
    employ(hire("yi", "乙丑宁"), "clerk")
    employ(hire("bing", "丙寅直"), "clerk", OTHER_COURT)

    def counts() -> tuple[int, int]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT (SELECT count(*) FROM identity_staff_staffaccount),"
                " (SELECT count(*) FROM identity_staff_post)"
            )
            row: tuple[int, int] = cursor.fetchone()
        return row

    with acting(actor_in(mine)):
        assert counts() == (1, 2)
    with acting(SYSTEM):
        assert counts() == (3, 3)
    assert counts() == (0, 0)


def test_names_of_posts_names_who_held_them_in_one_query() -> None:
    posts = [employ(hire(), "filing_officer"), employ(hire("yi", "乙丑宁"), "clerk")]

    with acting(actor_in(posts[0])):
        found = names_of_posts([post.pk for post in posts] + [None])

    assert found == {posts[0].pk: "甲子安", posts[1].pk: "乙丑宁"}
