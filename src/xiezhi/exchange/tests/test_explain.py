"""Explaining a day that differs, and how the accounts stand for operators."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction

from xiezhi.exchange.account_queries import (
    AccountsStanding,
    accounts_standing,
    findings_for,
    open_days_for,
)
from xiezhi.exchange.actions.draw_accounts import draw_accounts
from xiezhi.exchange.actions.explain_account import ReasonMissing, explain_account
from xiezhi.exchange.models import OutboxMessage, Reconciliation
from xiezhi.exchange.states import Direction
from xiezhi.exchange.tests.books import DAY, Books, answer, day_row, findings, hear, settle_day
from xiezhi.exchange.tests.notes import TESTER
from xiezhi.exchange.tests.site import Site
from xiezhi.foundation.actors import ANONYMOUS, Actor
from xiezhi.foundation.errors import Forbidden, NotFound
from xiezhi.foundation.ids import uuid7
from xiezhi.foundation.machine import MoveRefused
from xiezhi.foundation.transactions import acting
from xiezhi.security.audit.models import AuditEntry

OUT = Direction.OUT
LONG = 20.0


def staff(*roles: str) -> Actor:
    """Name a member of staff in a post with these roles."""
    return Actor.staff(uuid7(), post_id=uuid7(), unit_id="C1", roles=frozenset(roles), name="运维")


def explain(site: Site, actor: Actor, reason: str = "对方更换磁盘，已核实") -> None:
    """Explain the day."""
    with acting(actor):
        explain_account(day_id=day_row(OUT).pk, reason=reason, at=site.now, actor=actor)


def differ(site: Site, received: Books) -> None:
    """Bring the day to a difference that nothing mends."""
    (only,) = settle_day(site, received, "one")
    received.held[only] = "ab" * 32
    site.pass_time(days=1)
    answer(site, received, hear(site, received)[-1])
    received.send_detail(received.detail("court"))
    site.receive()


def test_an_explained_day_stays_so_until_something_new_is_said(site: Site, received: Books) -> None:
    differ(site, received)
    operator = staff("tier1_operator")
    explain(site, operator)
    day = day_row(OUT)
    assert (day.state, day.due_at, day.explained_by) == ("explained", None, operator.account_id)
    assert [is_open for *_, is_open in findings()] == [False]
    with acting(TESTER):
        entry = AuditEntry.objects.get(act="exchange.explain_account")
    assert (entry.actor_id, entry.subject_id) == (operator.account_id, day.pk)

    answer(site, received, received.peer.accounts[-1])  # type: ignore[arg-type]  # an account
    assert day_row(OUT).state == "explained"
    received.held.clear()
    answer(site, received, received.peer.accounts[-1])  # type: ignore[arg-type]  # an account
    assert day_row(OUT).state == "differs"


@pytest.mark.parametrize("actor", [staff("filing_judge"), Actor.person(uuid7()), ANONYMOUS, TESTER])
def test_only_operators_explain(site: Site, received: Books, actor: Actor) -> None:
    differ(site, received)
    with pytest.raises(Forbidden):
        explain(site, actor)

    assert day_row(OUT).state == "differs"


def test_explaining_needs_a_reason_and_a_difference(site: Site, received: Books) -> None:
    operator = staff("system_admin")
    differ(site, received)
    with pytest.raises(ReasonMissing):
        explain(site, operator, "  ")
    explain(site, operator)
    with pytest.raises(MoveRefused):
        explain(site, operator)
    with pytest.raises(NotFound), acting(operator):
        explain_account(day_id=uuid7(), reason="x", at=site.now, actor=operator)


def test_operators_see_how_the_accounts_stand(site: Site, received: Books) -> None:
    operator, nobody = staff("tier1_operator"), staff("filing_judge")
    differ(site, received)
    site.pass_time(days=1)
    site.send()
    with acting(operator):
        assert accounts_standing(operator, "service") == AccountsStanding(None, 1, 1, 1)
        assert [each.state for each in open_days_for(operator, "service")] == ["differs", "pending"]
        assert [each.reconciliation.day for each in findings_for(operator, "service")] == [DAY]
        assert accounts_standing(nobody, "service") == AccountsStanding(None, 0, 0, 0)


@pytest.mark.django_db(transaction=True)
def test_no_day_is_drawn_while_somebody_may_still_add_to_it(site: Site) -> None:
    begun, goes_on = threading.Event(), threading.Event()

    def slow_act() -> None:
        try:
            with transaction.atomic():
                OutboxMessage.objects.count()
                begun.set()
                goes_on.wait(LONG)
        finally:
            connection.close()

    # The database knows only the true time, so here it is true for the site too.
    site.post("of today")
    with connection.cursor() as cursor:
        cursor.execute("SELECT now() + interval '2 days'")
        (later,) = cursor.fetchone()
    thread = threading.Thread(target=slow_act)
    thread.start()
    begun.wait(LONG)
    with acting(TESTER):
        assert draw_accounts(peer="service", at=later) == 0
    goes_on.set()
    thread.join(LONG)
    with acting(TESTER):
        assert draw_accounts(peer="service", at=later) == Reconciliation.objects.count() > 0
