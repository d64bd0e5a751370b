"""Permissions as one table per app: any-of rows, all-of cells.

A predicate answers the same question twice: ``holds`` for one object in hand,
``where`` for a whole table, so a list and a detail page can never disagree.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import reduce
from operator import and_, or_

from django.db.models import Model, Q

from xiezhi.foundation.actors import Actor
from xiezhi.foundation.errors import Forbidden


class Permission(StrEnum):
    """Base of every app's permission enumeration."""


@dataclass(frozen=True, slots=True)
class Predicate:
    """One condition, told for an object and as a filter."""

    name: str
    holds: Callable[[Actor, Model], bool]
    where: Callable[[Actor], Q]


Grants = Mapping[Permission, tuple[tuple[Predicate, ...], ...]]

# An empty Q() is no answer: Django drops it from a disjunction, so "always" OR "never" is "never".
NEVER = Q(pk__in=())
ALWAYS = ~NEVER


def allowed(grants: Grants, permission: Permission, actor: Actor, obj: Model) -> bool:
    """Tell whether ``actor`` holds ``permission`` on ``obj``."""
    return any(all(p.holds(actor, obj) for p in row) for row in grants[permission])


def require(grants: Grants, permission: Permission, actor: Actor, obj: Model) -> None:
    """Pass silently if ``actor`` holds ``permission`` on ``obj``. Refuses: ``Forbidden``."""
    if not allowed(grants, permission, actor, obj):
        raise Forbidden(permission=str(permission))


def visible(grants: Grants, permission: Permission, actor: Actor) -> Q:
    """Read the same rows as a filter, for lists."""
    rows = (reduce(and_, (p.where(actor) for p in row), ALWAYS) for row in grants[permission])
    return reduce(or_, rows, NEVER)


def _constant(*, value: bool) -> Q:
    return ALWAYS if value else NEVER


def has_role(*roles: str) -> Predicate:
    """Hold for an actor whose post bears one of ``roles``, whatever the object."""
    wanted = frozenset(roles)
    return Predicate(
        "has_role:" + "|".join(sorted(wanted)),
        holds=lambda actor, _: bool(wanted & actor.roles),
        where=lambda actor: _constant(value=bool(wanted & actor.roles)),
    )


is_system = Predicate(
    "is_system",
    holds=lambda actor, _: actor.is_system,
    where=lambda actor: _constant(value=actor.is_system),
)
anybody = Predicate("anybody", holds=lambda _a, _o: True, where=lambda _: ALWAYS)


def owns(field: str = "owner_id") -> Predicate:
    """Hold for the person whose account ``field`` names."""
    return Predicate(
        f"owns:{field}",
        holds=lambda actor, obj: (
            actor.account_id is not None and getattr(obj, field) == actor.account_id
        ),
        where=lambda actor: Q(**{field: actor.account_id}) if actor.account_id else NEVER,
    )


def same_unit(field: str = "court_id") -> Predicate:
    """Hold for staff whose post belongs to the unit that ``field`` names."""
    return Predicate(
        f"same_unit:{field}",
        holds=lambda actor, obj: bool(actor.unit_id) and getattr(obj, field) == actor.unit_id,
        where=lambda actor: Q(**{field: actor.unit_id}) if actor.unit_id else NEVER,
    )
