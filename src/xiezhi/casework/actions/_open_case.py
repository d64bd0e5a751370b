"""Make the rows of a new case: number, case, claims, parties, participations."""

from __future__ import annotations

from datetime import datetime

from xiezhi.casework.actions._record import record
from xiezhi.casework.actions.issue_number import issue_number
from xiezhi.casework.actions.receive_application import parties_line
from xiezhi.casework.models import Case, Claim, Intake, Participation, Party
from xiezhi.contracts.messages import Applicant
from xiezhi.contracts.payloads import CaseDraft, PartyDraft
from xiezhi.foundation.actors import Actor
from xiezhi.law.dates import day_of


def open_case(
    intake: Intake, draft: CaseDraft, *, actor: Actor, at: datetime
) -> tuple[Case, list[Participation]]:
    """Open the case; return it with the participations that belong to the applicant's account.

    Every party gets a participation. The applicant's bears the account that submitted; the others
    wait for somebody to claim them. The caller has checked who may do this.
    """
    number = issue_number(
        court_id=intake.court_id, type_code=draft.case_type_code, actor=actor, at=at
    )
    case = Case.objects.create(
        court_id=intake.court_id,
        number=number,
        case_number=number.text,
        type_code=number.type_code,
        cause=draft.cause,
        parties_line=parties_line(draft),
        filing_date=day_of(at),
        claim_amount=draft.claim_amount,
        created_at=at,
    )
    Claim.objects.bulk_create(
        Claim(
            court_id=case.court_id,
            case=case,
            position=position,
            text=claim.text,
            amount=claim.amount,
        )
        for position, claim in enumerate(draft.claims, 1)
    )
    record(
        case,
        "case.filed",
        actor=actor,
        at=at,
        facts={"intake": str(intake.pk), "number": number.text},
    )
    return case, _take_in(case, intake, draft.parties, at=at)


def _take_in(
    case: Case, intake: Intake, drafts: tuple[PartyDraft, ...], *, at: datetime
) -> list[Participation]:
    capacity = Applicant.model_validate(intake.applicant).capacity
    mine: list[Participation] = []
    for position, draft in enumerate(drafts, 1):
        party = Party.objects.create(
            court_id=case.court_id,
            case=case,
            position=position,
            **draft.model_dump(exclude={"is_applicant"}),
        )
        participation = Participation(
            court_id=case.court_id, case=case, party=party, capacity="本人"
        )
        if draft.is_applicant:
            participation.capacity = capacity
            participation.site_id = intake.source_site
            participation.account_ref = intake.applicant_ref
            participation.claimed_at = at
            mine.append(participation)
        participation.save(force_insert=True)
    return mine
