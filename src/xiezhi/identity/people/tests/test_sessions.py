"""Who a request comes from costs one query for the session and one for the account."""

from __future__ import annotations

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from xiezhi.foundation.actors import ANONYMOUS, Actor, ActorKind
from xiezhi.foundation.transactions import acting
from xiezhi.identity.people.models import Account
from xiezhi.identity.people.sessions import actor_of
from xiezhi.identity.people.tests.people import PASSWORD, phone

pytestmark = pytest.mark.django_db


def request_of(client: Client) -> HttpRequest:
    request = HttpRequest()
    request.session = SessionStore(client.session.session_key)
    return request


def test_actor_of_costs_two_queries(
    client: Client, jia: Account, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.post("/account/login/", {"login": phone(1), "password": PASSWORD})
    request = request_of(client)

    with acting(Actor.system("identify")), django_assert_num_queries(2):
        actor = actor_of(request)

    assert (actor.kind, actor.account_id, actor.name) == (ActorKind.PERSON, jia.pk, "甲某")


def test_actor_of_knows_nobody_without_a_session(client: Client) -> None:
    with acting(Actor.system("identify")):
        assert actor_of(request_of(client)) == ANONYMOUS
