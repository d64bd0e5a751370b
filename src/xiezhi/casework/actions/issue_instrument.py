"""Issue an instrument (制发文书): print it, number it, enter it in the e-file."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction

from xiezhi.casework.actions._record import record
from xiezhi.casework.actions.add_document import Content, add_documents
from xiezhi.casework.articles import CPL_129
from xiezhi.casework.grants import GRANTS
from xiezhi.casework.instruments import acceptance_notice
from xiezhi.casework.instruments.press import Sheet, print_pdf
from xiezhi.casework.instruments.wording import verification_code, written_date
from xiezhi.casework.models import Case, Instrument, Intake, Participation
from xiezhi.casework.models.document import Source
from xiezhi.casework.permissions import May
from xiezhi.contracts.payloads import PartyRole
from xiezhi.directory.queries import court as court_of
from xiezhi.files.actions.store_blob import store_blob
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.permissions import require
from xiezhi.law.case_number import suffix_for
from xiezhi.law.dates import day_of

CATEGORY: Final = "instrument"


@transaction.atomic
def issue_acceptance_notice(
    *, case: Case, intake: Intake, addressee: Participation, actor: Actor, at: datetime
) -> Instrument:
    """Issue the notice of acceptance (受理案件通知书) to a plaintiff.

    Basis: 民事诉讼法第一百二十九条. The caller holds the row lock of the case.
    Refuses: ``Forbidden``.
    """
    require(GRANTS, May.KEEP_FILE, actor, case)
    ordinal = _next_ordinal(case, acceptance_notice.STYLE)
    court = court_of(case.court_id)
    parties = list(case.parties.all())
    sheet = Sheet(
        title=acceptance_notice.TITLE,
        court=court.name,
        number=f"{case.case_number}{suffix_for(ordinal)}",
        code=verification_code(),
        day=written_date(day_of(at)),
    )
    facts = acceptance_notice.Facts(
        addressee=(addressee.party.name,),
        defendants=tuple(p.name for p in parties if p.role == PartyRole.DEFENDANT),
        cause=case.cause,
        submitted_on=day_of(intake.submitted_at),
        filing_date=case.filing_date,
        court_phone=court.phone,
    )
    return _issue(
        _Printed(
            style=acceptance_notice.STYLE,
            ordinal=ordinal,
            sheet=sheet,
            content=print_pdf(acceptance_notice.STYLE, acceptance_notice.data(sheet, facts)),
        ),
        case=case,
        addressee=addressee,
        actor=actor,
        at=at,
    )


@dataclass(frozen=True, slots=True)
class _Printed:
    style: str
    ordinal: int
    sheet: Sheet
    content: bytes


def _next_ordinal(case: Case, style: str) -> int:
    return Instrument.objects.filter(court_id=case.court_id, case=case, style=style).count() + 1


def _issue(
    printed: _Printed, *, case: Case, addressee: Participation, actor: Actor, at: datetime
) -> Instrument:
    sheet, style = printed.sheet, printed.style
    name = f"{sheet.title}.pdf"
    blob = store_blob(
        stream=io.BytesIO(printed.content), name=name, court_id=case.court_id, actor=actor, at=at
    )
    content = Content(
        blob_id=blob.pk,
        name=name,
        category=CATEGORY,
        media_type=blob.media_type,
        size=blob.size,
        pages=blob.pages or 1,
        digest=blob.digest,
        source=Source.COURT,
    )
    (document,) = add_documents(case=case, contents=(content,), actor=actor, at=at)
    instrument = Instrument.objects.create(
        court_id=case.court_id,
        case=case,
        style=style,
        title=sheet.title,
        ordinal=printed.ordinal,
        number=sheet.number,
        addressee=addressee,
        document=document,
        verification_code=sheet.code,
        issued_at=at,
        issued_by=actor.post_id,
    )
    record(
        case,
        "case.instrument_issued",
        actor=actor,
        at=at,
        basis=CPL_129,
        document_id=document.pk,
        facts={"instrument": str(instrument.pk), "style": style, "digest": document.digest},
    )
    return instrument
