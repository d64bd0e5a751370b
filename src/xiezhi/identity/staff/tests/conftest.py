"""Members of staff with their posts, and browsers in which they are logged in."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.test import Client

import xiezhi.directory
from xiezhi.directory.actions.load_courts import load_courts
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.transactions import acting
from xiezhi.identity.staff.actions.appoint import appoint
from xiezhi.identity.staff.actions.log_in import BACKEND
from xiezhi.identity.staff.actions.open_account import open_account
from xiezhi.identity.staff.models import Post, StaffAccount
from xiezhi.identity.staff.sessions import POST_KEY

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
COURT, OTHER_COURT = "示0102", "示0103"
PASSWORD = "lantern-river-47"
SYSTEM = Actor.system("test.provision")
COURTS = Path(xiezhi.directory.__file__).parent / "data" / "demonstration.toml"


@pytest.fixture
def courts(db: None) -> None:
    """Load the invented courts."""
    with acting(SYSTEM):
        load_courts(path=COURTS)


def hire(login_name: str = "jia", name: str = "甲子安") -> StaffAccount:
    """Open an account."""
    with acting(SYSTEM):
        return open_account(
            login_name=login_name, name=name, password=PASSWORD, actor=SYSTEM, at=AT
        )


def employ(
    account: StaffAccount,
    role: str,
    court_id: str = COURT,
    *,
    from_date: date = date(2025, 1, 1),
    to_date: date | None = None,
) -> Post:
    """Appoint to a post."""
    with acting(SYSTEM):
        post = appoint(
            account_id=account.pk,
            court_id=court_id,
            division="立案庭",
            role=role,
            from_date=from_date,
            to_date=to_date,
            actor=SYSTEM,
            at=AT,
        )
    post.account = account  # outside the system's transaction the row would not be seen
    return post


def actor_in(post: Post) -> Actor:
    """Give the actor who acts in a post."""
    return Actor.staff(
        post.account_id,
        post_id=post.pk,
        unit_id=post.court_id,
        roles=frozenset({post.role}),
        name=post.account.name,
    )


def browser(post: Post) -> Client:
    """Give a browser logged in and acting in a post."""
    client = Client()
    with acting(SYSTEM):
        client.force_login(post.account, backend=BACKEND)
    session = client.session
    session[POST_KEY] = str(post.pk)
    session.save()
    return client
