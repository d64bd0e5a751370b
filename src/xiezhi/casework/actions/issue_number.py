"""Issue the next case number of a series, or void one."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from xiezhi.casework.errors import NumberIsUsed
from xiezhi.casework.grants import GRANTS
from xiezhi.casework.models import IssuedNumber, NumberSeries
from xiezhi.casework.permissions import May
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.errors import NotFound
from xiezhi.foundation.permissions import require
from xiezhi.law.case_number import CaseNumber
from xiezhi.law.dates import day_of


@transaction.atomic
def issue_number(*, court_id: str, type_code: str, actor: Actor, at: datetime) -> IssuedNumber:
    """Issue the next number of the court, the year of ``at`` (Shanghai) and the type.

    Basis: 关于人民法院案件案号的若干规定第九条、第十条第一款。Locks the series until the caller
    commits: a rolled-back caller leaves no gap, two callers never get the same number.
    Refuses: ``Forbidden``; ``LawError`` for a type that this court cannot bear.
    """
    key = {"court_id": court_id, "year": day_of(at).year, "type_code": type_code}
    NumberSeries.objects.bulk_create([NumberSeries(**key)], ignore_conflicts=True)
    series = NumberSeries.objects.select_for_update(no_key=True).get(**key)
    require(GRANTS, May.DECIDE, actor, series)
    series.last_serial += 1
    series.save(update_fields=["last_serial"])
    printed = CaseNumber(series.year, court_id, type_code, series.last_serial)
    return IssuedNumber.objects.create(
        **key,
        serial=series.last_serial,
        text=str(printed),
        issued_at=at,
        issued_by=actor.post_id,
    )


@transaction.atomic
def void_number(*, number_id: UUID, reason: str, actor: Actor, at: datetime) -> IssuedNumber:
    """Void a number that no case bears; its row stays and it is never used again.

    Refuses: ``NumberIsUsed``; ``Forbidden``; ``NotFound``.
    """
    number = IssuedNumber.objects.select_for_update().filter(pk=number_id).first()
    if number is None:
        raise NotFound
    require(GRANTS, May.DECIDE, actor, number)
    if hasattr(number, "case"):
        raise NumberIsUsed(number=number.text)
    number.voided_at, number.void_reason = at, reason
    number.save(update_fields=["voided_at", "void_reason"])
    return number
