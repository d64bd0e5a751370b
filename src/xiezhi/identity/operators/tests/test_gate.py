"""Each at pages of their own: operators, people, nobody; and when a session ends."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries, Settings

from xiezhi.foundation.actors import Actor, ActorKind
from xiezhi.foundation.transactions import acting
from xiezhi.identity.operators.actions.disable_operator import disable_operator
from xiezhi.identity.operators.actions.reset_operator import reset_operator
from xiezhi.identity.operators.models import Operator
from xiezhi.identity.operators.sessions import LONGEST, OPERATOR_KEY, actor_of
from xiezhi.identity.operators.tests.crew import SYSTEM
from xiezhi.identity.people.tests.people import enter as enter_person
from xiezhi.identity.people.tests.people import member
from xiezhi.security.audit.models import AuditEntry

pytestmark = pytest.mark.django_db
CONSOLE, LOGIN = "/operations/exchange/", "/operations/login/"
PEOPLES = ["/", "/matters/", "/filing/", "/account/login/", "/account/register/"]


def age(client: Client, **since: timedelta) -> None:
    """Move instants that the session keeps into the past."""
    session = client.session
    past = {name: (timezone.now() - ago).isoformat() for name, ago in since.items()}
    session[OPERATOR_KEY] = session[OPERATOR_KEY] | past
    session.save()


def test_an_operator_sees_the_pages_of_operations(desk: Client) -> None:
    page = desk.get(CONSOLE)

    assert page.status_code == 200
    for words in ("运维工作台", "安全交换", "戊运平", "一线运维", "退出登录"):
        assert words in page.content.decode()


@pytest.mark.parametrize("path", PEOPLES)
def test_pages_of_people_are_refused_to_operators(desk: Client, path: str) -> None:
    answer = desk.get(path)

    assert answer.status_code == 403
    assert "运维人员不能查看和办理诉讼服务事项" in answer.content.decode()
    assert 'href="/operations/"' in answer.content.decode()


def test_a_refused_operator_is_audited_by_name(desk: Client, operator: Operator) -> None:
    desk.get("/matters/")

    with acting(SYSTEM):
        entry = AuditEntry.objects.get(code="operators.not-for-operators")
    assert (entry.actor_kind, entry.actor_id) == (ActorKind.STAFF, operator.pk)


@pytest.mark.parametrize("path", ["/operations/", CONSOLE])
def test_to_people_the_pages_of_operations_look_absent(client: Client, path: str) -> None:
    person = member()
    enter_person(client, person)

    answer = client.get(path)

    assert answer.status_code == 404
    page = answer.content.decode()
    assert ("没有找到您要查看的内容" in page, "运维" in page, "安全交换" in page) == (
        True,
        False,
        False,
    )
    with acting(SYSTEM):
        assert AuditEntry.objects.get(code="not-found").actor_id == person.pk


@pytest.mark.parametrize("path", ["/operations/", CONSOLE])
def test_nobody_is_led_to_the_login_of_operators(client: Client, path: str) -> None:
    answer = client.get(path)

    assert (answer.status_code, answer["Location"]) == (302, f"{LOGIN}?next={path}")


def test_both_may_choose_how_pages_look(desk: Client) -> None:
    assert desk.post("/preferences/display/", {"type": "large"}).status_code == 302


@pytest.mark.parametrize("path", [LOGIN, CONSOLE, "/operations/"])
def test_other_host_names_have_no_pages_of_operations(
    desk: Client, settings: Settings, path: str
) -> None:
    settings.XIEZHI_OPERATIONS_HOSTS = ["ops.example"]

    assert Client().get(path).status_code == 404
    assert desk.get(path).status_code == 404
    settings.ALLOWED_HOSTS = ["ops.example", "testserver"]
    assert Client(HTTP_HOST="OPS.example:8443").get(LOGIN).status_code == 200


def test_the_host_name_of_operators_alone_has_no_pages_of_people(
    client: Client, settings: Settings
) -> None:
    settings.XIEZHI_PORTAL_HOSTS = ["portal.example"]

    assert client.get("/").status_code == 404
    assert client.get(LOGIN).status_code == 200


def test_an_idle_session_ends(desk: Client, settings: Settings) -> None:
    idle = timedelta(seconds=settings.XIEZHI_OPERATIONS_IDLE_SECONDS)
    age(desk, seen=idle - timedelta(minutes=1))
    assert desk.get(CONSOLE).status_code == 200

    age(desk, seen=idle + timedelta(seconds=1))

    assert desk.get(CONSOLE)["Location"] == f"{LOGIN}?next={CONSOLE}"
    assert OPERATOR_KEY not in desk.session


def test_a_page_asked_for_keeps_the_session_and_its_parts_do_not(desk: Client) -> None:
    age(desk, seen=timedelta(minutes=10))
    before = desk.session[OPERATOR_KEY]["seen"]

    desk.get(CONSOLE, headers={"HX-Request": "true"})
    assert desk.session[OPERATOR_KEY]["seen"] == before

    desk.get(CONSOLE)
    assert desk.session[OPERATOR_KEY]["seen"] > before


def test_a_session_ends_after_a_working_day_however_busy(desk: Client) -> None:
    age(desk, begun=LONGEST + timedelta(seconds=1))

    assert desk.get(CONSOLE)["Location"] == f"{LOGIN}?next={CONSOLE}"


@pytest.mark.parametrize("act", [disable_operator, reset_operator])
def test_a_disabled_or_reset_operator_is_out_at_once(desk: Client, act: object) -> None:
    assert callable(act)
    with acting(SYSTEM):
        act(login_name="yunwei", actor=SYSTEM, at=timezone.now())

    assert desk.get(CONSOLE)["Location"] == f"{LOGIN}?next={CONSOLE}"


def test_a_changed_role_counts_at_once(desk: Client, operator: Operator) -> None:
    with acting(SYSTEM):
        Operator.objects.update(role="system_admin")

    assert "系统管理员" in desk.get(CONSOLE).content.decode()


def test_actor_of_knows_the_operator_in_two_queries(
    desk: Client, operator: Operator, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    request = HttpRequest()
    request.session = SessionStore(desk.session.session_key)

    with acting(SYSTEM), django_assert_num_queries(2):
        actor = actor_of(request)

    assert actor == Actor.operator(operator.pk, roles=frozenset({"tier1_operator"}), name="戊运平")
    assert (actor.unit_id, actor.post_id) == ("", None)
