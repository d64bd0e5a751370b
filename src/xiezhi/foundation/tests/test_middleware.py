"""The door: one transaction, one actor, one way to be refused."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from xiezhi.foundation import middleware
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.errors import LoginRequired, Refusal
from xiezhi.foundation.ids import uuid7
from xiezhi.foundation.jobs import Job, job
from xiezhi.foundation.middleware import DoorMiddleware, RequestIdMiddleware
from xiezhi.foundation.transactions import current_actor

pytestmark = pytest.mark.django_db
SOMEBODY = Actor.person(uuid7(), name="甲某示")
DONE: list[UUID] = []


@job(name="foundation.test_door", queue="test")
def trace(*, subject_id: UUID) -> None:
    DONE.append(subject_id)


class TooLate(Refusal):
    code = "test.too-late"
    text = "期限已过{days}日。"
    basis = "民事诉讼法第八十五条"
    remedy = "可以在障碍消除后十日内申请顺延期限。"
    status = 409


def resolve(_request: HttpRequest) -> Actor:
    return SOMEBODY


@pytest.fixture
def heard() -> Iterator[list[tuple[str, str]]]:
    codes: list[tuple[str, str]] = []

    def hook(refusal: Refusal, actor: Actor, _route: str, _request_id: UUID) -> None:
        codes.append((refusal.code, str(actor.account_id)))

    middleware.REFUSAL_HOOKS.append(hook)
    yield codes
    middleware.REFUSAL_HOOKS.remove(hook)


def waiting(work: Job) -> int:
    from procrastinate.contrib.django.models import ProcrastinateJob  # noqa: PLC0415

    return ProcrastinateJob.objects.filter(task_name=work.name).count()


def knock(
    view: object, settings: object, *, htmx: bool = False, path: str = "/somewhere/"
) -> HttpResponse:
    setattr(settings, "XIEZHI_ACTOR_RESOLVER", f"{__name__}.resolve")  # noqa: B010
    # The door alone is under test: no other middleware has set what a site's own shell shows.
    setattr(settings, "XIEZHI_SHELL", "xiezhi.foundation.pages.shell.plain_portal")  # noqa: B010
    request = RequestFactory().post(path, headers={"HX-Request": "true"} if htmx else {})
    door = DoorMiddleware(lambda _: HttpResponse())

    def inside(inner: HttpRequest) -> HttpResponse:
        response = door.process_view(inner, view, (), {})  # type: ignore[arg-type]
        assert isinstance(response, HttpResponse)
        return response

    return RequestIdMiddleware(inside)(request)


def test_a_view_runs_as_its_actor(settings: object) -> None:
    seen: list[Actor | None] = []

    def view(request: HttpRequest) -> HttpResponse:
        seen.extend([current_actor(), request.actor])  # type: ignore[attr-defined]
        return HttpResponse("ok")

    response = knock(view, settings)

    assert response.content == b"ok"
    assert UUID(response["X-Request-ID"]).version == 7
    assert seen == [SOMEBODY, SOMEBODY]


def test_a_refusal_rolls_back_and_is_told_in_full(
    settings: object, heard: list[tuple[str, str]]
) -> None:
    def view(_request: HttpRequest) -> HttpResponse:
        trace.defer(subject_id=uuid7())
        raise TooLate(days=3)

    response = knock(view, settings)

    text = response.content.decode()
    assert response.status_code == 409
    for part in ("期限已过3日。", TooLate.basis, TooLate.remedy, response["X-Request-ID"]):
        assert part in text
    assert waiting(trace) == 0
    assert heard == [("test.too-late", str(SOMEBODY.account_id))]


def test_a_refusal_of_a_part_goes_to_the_alert_region(settings: object) -> None:
    def view(_request: HttpRequest) -> HttpResponse:
        raise TooLate(days=1)

    response = knock(view, settings, htmx=True)

    assert (response.status_code, response["HX-Retarget"]) == (409, "#alerts")
    assert "<html" not in response.content.decode()


def test_a_fault_is_not_a_refusal(settings: object, heard: list[tuple[str, str]]) -> None:
    def view(_request: HttpRequest) -> HttpResponse:
        trace.defer(subject_id=uuid7())
        message = "a fault of ours"
        raise RuntimeError(message)

    with pytest.raises(RuntimeError):
        knock(view, settings)

    assert heard == []
    assert waiting(trace) == 0


def test_without_login_the_way_leads_there_and_back(settings: object) -> None:
    def view(_request: HttpRequest) -> HttpResponse:
        raise LoginRequired

    page, part = knock(view, settings), knock(view, settings, htmx=True)

    assert page["Location"].endswith("/login/?next=/somewhere/")
    assert part["HX-Redirect"] == page["Location"]
