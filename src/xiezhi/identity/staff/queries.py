"""What may be asked of staff and their posts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q

from xiezhi.foundation.actors import Actor
from xiezhi.foundation.permissions import visible
from xiezhi.foundation.transactions import acting
from xiezhi.identity.staff.grants import GRANTS
from xiezhi.identity.staff.models import Post
from xiezhi.identity.staff.permissions import StaffPermission

if TYPE_CHECKING:
    from django.db.models import QuerySet

NAMING = Actor.system("staff.names")


def current(on: date) -> Q:
    """Return the filter for posts that are held on a day."""
    return Q(from_date__lte=on) & (Q(to_date__isnull=True) | Q(to_date__gte=on))


def posts_for(actor: Actor) -> QuerySet[Post]:
    """List the posts that the actor may read."""
    return Post.objects.filter(visible(GRANTS, StaffPermission.READ_POST, actor))


def own_posts(actor: Actor, *, on: date) -> QuerySet[Post]:
    """List the posts that the actor holds on a day."""
    return (
        posts_for(actor)
        .filter(current(on), account_id=actor.account_id)
        .order_by("court_id", "division", "role", "id")
    )


def names_of_posts(post_ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """Name who held some posts, in one query: what an official did in office is never anonymous.

    For records that the caller was allowed to read; the lookup itself is made as the system.
    """
    wanted = {post_id for post_id in post_ids if post_id is not None}
    if not wanted:
        return {}
    with acting(NAMING):
        rows = Post.objects.filter(pk__in=wanted).values_list("id", "account__name")
        return dict(rows)
