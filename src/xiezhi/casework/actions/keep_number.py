"""Never give a case number again that a restore of this site made it forget."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from xiezhi.casework.grants import GRANTS
from xiezhi.casework.models import NumberSeries
from xiezhi.casework.permissions import May
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.permissions import require
from xiezhi.law.case_number import parse


@transaction.atomic
def keep_number(*, printed: str, actor: Actor, at: datetime) -> int:
    """Let the series of a printed number go on behind it; return its last serial number.

    Basis: 关于人民法院案件案号的若干规定第九条. The number was announced to a participant, so it
    is used, whether or not the case behind it has been put back yet. The counter never falls.
    Locks the series. Refuses: ``LawError`` for what is no case number; ``Forbidden``.
    """
    del at  # the year is the printed one
    number = parse(printed)
    key = {"court_id": number.court_code, "year": number.year, "type_code": number.type_code}
    NumberSeries.objects.bulk_create([NumberSeries(**key)], ignore_conflicts=True)
    series = NumberSeries.objects.select_for_update(no_key=True).get(**key)
    require(GRANTS, May.RECEIVE, actor, series)
    if series.last_serial < number.serial:
        series.last_serial = number.serial
        series.save(update_fields=["last_serial"])
    return series.last_serial
