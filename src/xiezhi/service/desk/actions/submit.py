"""Submit an application."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from xiezhi.contracts import kinds
from xiezhi.contracts.application import APPLICATION, ApplicationState
from xiezhi.contracts.messages import (
    Applicant,
    ApplicationSubmitted,
    conversation_of_application,
)
from xiezhi.contracts.messages import Material as SentMaterial
from xiezhi.contracts.payloads import CaseDraft, Frozen, PartyRole
from xiezhi.directory import queries as directory
from xiezhi.exchange.actions.post import post
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.errors import Refusal
from xiezhi.foundation.pages.formats import local
from xiezhi.identity.people.queries import own_account
from xiezhi.service.desk import queries
from xiezhi.service.desk.actions._move import move
from xiezhi.service.desk.actions.checks.findings import Finding
from xiezhi.service.desk.actions.checks.materials import missing
from xiezhi.service.desk.actions.checks.payload import Invalid, validated
from xiezhi.service.desk.models import Application, Material
from xiezhi.service.desk.receipts import receipt_number, submission_digest

TITLE_AT_MOST = 200
CONSENT = Finding(
    "consent",
    "同意在线诉讼和电子送达",
    "请勾选后再提交；不同意在线办理的，可以到法院诉讼服务中心立案。",
    "agreed",
    basis="人民法院在线诉讼规则第四条、第二十九条",
)


class Incomplete(Refusal):
    """Something is missing or wrong; ``findings`` says what, field by field."""

    code = "desk.incomplete"
    text = "还有{count}处需要修改或者补充，申请没有提交。"
    remedy = "请按提示逐项修改，已填写的内容都还在。"

    def __init__(self, findings: list[Finding]) -> None:
        """Keep the findings; only their number is a fact."""
        super().__init__(count=len(findings))
        self.findings = findings


@transaction.atomic
def submit(*, application_id: UUID, consented: bool, actor: Actor, at: datetime) -> Application:
    """Submit: state, event and message to the court in one transaction.

    Basis: 民事诉讼法第一百二十四条；人民法院在线诉讼规则第九条. ``at`` is the legal instant.
    Refuses: ``NotFound``, ``Forbidden``, :class:`Incomplete`, ``MoveRefused`` when abandoned.
    Idempotence: a second submission of the same application returns it with the same receipt.
    """
    application = queries.application_for_change(application_id, actor=actor)
    if application.receipt_number:
        return application
    # Before the checks: what was abandoned in another window is empty, not in need of corrections.
    APPLICATION.take("submit", ApplicationState(application.state))
    kind = kinds.get(application.kind)
    materials = queries.materials(application, actor=actor)
    payload, findings = _checked(kind, application, materials, local(at).date())
    if not consented:
        findings.append(CONSENT)
    if payload is None or findings:
        raise Incomplete(findings)
    number = receipt_number(application.pk, at)
    message = _message(application, kind, payload, materials, number, actor=actor, at=at)
    message_id = post(
        to=directory.court(application.court_id).site_id,
        message=message,
        conversation=conversation_of_application(application.pk),
        act_at=at,
        attachments=[material.blob_id for material in materials],
        actor=actor,
    )
    digest = submission_digest(message)
    move(
        application,
        "submit",
        actor=actor,
        at=at,
        facts={"receipt_number": number, "digest": digest, "message_id": message_id},
        receipt_number=number,
        submitted_at=at,
        consented_at=at,
        message_id=message_id,
        digest=digest,
        kind_version=kind.version,
        title=title_of(kind, payload),
        payload=payload.model_dump(mode="json"),
    )
    application.set_aside.all().delete()
    return application


def _checked(
    kind: kinds.ApplicationKind, application: Application, materials: list[Material], on: date
) -> tuple[Frozen | None, list[Finding]]:
    absent = missing(kind, (material.category for material in materials))
    try:
        return validated(kind, application.payload, on=on), absent
    except Invalid as invalid:
        return None, [*invalid.findings, *absent]


def _message(
    application: Application,
    kind: kinds.ApplicationKind,
    payload: Frozen,
    materials: list[Material],
    number: str,
    *,
    actor: Actor,
    at: datetime,
) -> ApplicationSubmitted:
    account = own_account(actor)
    return ApplicationSubmitted(
        application_id=application.pk,
        receipt_number=number,
        kind=kind.code,
        kind_version=kind.version,
        court_id=application.court_id,
        submitted_at=at,
        applicant=Applicant(
            account_ref=account.pk,
            name=account.name,
            id_number=account.id_number,
            phone=account.phone,
        ),
        payload=payload.model_dump(mode="json"),
        materials=tuple(
            SentMaterial(
                blob_id=material.blob_id,
                category=material.category,
                name=material.name,
                media_type=material.media_type,
                size=material.size,
                pages=material.pages,
                digest=material.digest,
            )
            for material in materials
        ),
    )


def title_of(kind: kinds.ApplicationKind, payload: Frozen) -> str:
    """Name the matter as a court would: 甲诉乙民间借贷纠纷."""
    if kind.case is None:
        return kind.name
    case: CaseDraft = kind.case(payload)
    ours = [party.name for party in case.parties if party.role == PartyRole.PLAINTIFF]
    theirs = [party.name for party in case.parties if party.role == PartyRole.DEFENDANT]
    if not ours or not theirs:
        return case.cause
    return f"{_several(ours)}诉{_several(theirs)}{case.cause}"[:TITLE_AT_MOST]


def _several(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{names[0]}等"
