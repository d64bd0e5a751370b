"""Start a draft."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from xiezhi.contracts import kinds
from xiezhi.directory import queries as directory
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.errors import LoginRequired, NotFound, Refusal
from xiezhi.service.desk.actions._move import record
from xiezhi.service.desk.models import Application

DRAFTS_AT_ONCE = 50


class CourtTakesNoFiling(Refusal):
    """The court does not take this online."""

    code = "desk.court-takes-no-filing"
    text = "{court}目前不在网上受理这类申请。"
    remedy = "请选择其他有管辖权的法院，或者到该院诉讼服务中心办理。"
    basis = "人民法院在线诉讼规则第三条"


class TooManyDrafts(Refusal):
    """More drafts than anybody can mean to finish."""

    code = "desk.too-many-drafts"
    text = "您已有{count}份没有提交的草稿。"
    remedy = "请先提交或者作废不再需要的草稿。"


@transaction.atomic
def start_draft(
    *,
    kind_code: str,
    court_id: str,
    actor: Actor,
    at: datetime,
    typed: Mapping[str, Any] | None = None,
) -> Application:
    """Open a draft of one kind for one court; ``typed`` is what is known already.

    Basis: 人民法院在线诉讼规则第九条. Refuses: ``LoginRequired``, ``NotFound`` for an unknown
    kind, :class:`CourtTakesNoFiling`, :class:`TooManyDrafts`.
    """
    if actor.account_id is None:
        raise LoginRequired
    try:
        kind = kinds.get(kind_code)
    except kinds.UnknownKindError:
        raise NotFound from None
    court = directory.court(court_id)
    if not court.accepts_online_filing:
        raise CourtTakesNoFiling(court=court.name)
    open_drafts = Application.objects.filter(owner_id=actor.account_id, state="draft").count()
    if open_drafts >= DRAFTS_AT_ONCE:
        raise TooManyDrafts(count=open_drafts)
    application = Application(
        owner_id=actor.account_id,
        kind=kind.code,
        kind_version=kind.version,
        court_id=court.code,
        title=kind.name,
        payload=dict(typed or {}),
        started_at=at,
        changed_at=at,
    )
    application.save(force_insert=True)
    record(application, "application.started", actor=actor, at=at, facts={"kind": kind.code})
    return application
