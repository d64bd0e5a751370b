"""Appoint a member of staff to a post, or end the post."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from xiezhi.directory.queries import court
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.errors import NotFound
from xiezhi.foundation.permissions import require
from xiezhi.identity.staff.actions._record import record
from xiezhi.identity.staff.errors import UnknownRole
from xiezhi.identity.staff.grants import GRANTS
from xiezhi.identity.staff.models import Post
from xiezhi.identity.staff.permissions import StaffPermission
from xiezhi.identity.staff.roles import Role


@transaction.atomic
def appoint(
    *,
    account_id: UUID,
    court_id: str,
    division: str,
    role: str,
    from_date: date,
    actor: Actor,
    at: datetime,
    to_date: date | None = None,
) -> Post:
    """Appoint to a post; one account may hold several at once.

    Basis: 人民法院在线运行规则第三十四条. Refuses: ``Forbidden``, ``UnknownRole``,
    ``CourtNotFound``.
    """
    if role not in Role.values:
        raise UnknownRole(role=role)
    post = Post(
        account_id=account_id,
        court_id=court(court_id).code,
        division=division,
        role=role,
        from_date=from_date,
        to_date=to_date,
    )
    require(GRANTS, StaffPermission.APPOINT, actor, post)
    post.save(force_insert=True)
    record("staff.appointed", subject_id=post.pk, actor=actor, at=at, role=role)
    return post


@transaction.atomic
def end_post(*, post_id: UUID, last_day: date, actor: Actor, at: datetime) -> Post:
    """Let a post end with ``last_day``; from the next day its sessions may do nothing.

    Refuses: ``NotFound``, ``Forbidden``.
    """
    post = Post.objects.select_for_update().filter(pk=post_id).first()
    if post is None:
        raise NotFound
    require(GRANTS, StaffPermission.APPOINT, actor, post)
    post.to_date = last_day
    post.save(update_fields=["to_date"])
    record("staff.post_ended", subject_id=post.pk, actor=actor, at=at)
    return post
