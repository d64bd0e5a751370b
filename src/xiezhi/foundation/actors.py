"""Who acts: an account, the post or capacity it acts in, and for what purpose."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class ActorKind(StrEnum):
    """The four kinds of actor that row-level security knows."""

    PERSON = "person"
    STAFF = "staff"
    SYSTEM = "system"
    ANONYMOUS = "anonymous"


@dataclass(frozen=True, slots=True)
class Actor:
    """One account acting in one post or capacity; what every act and every query takes."""

    kind: ActorKind
    account_id: UUID | None = None
    post_id: UUID | None = None
    unit_id: str = ""
    roles: frozenset[str] = frozenset()
    purpose: str = ""
    name: str = ""

    @classmethod
    def person(cls, account_id: UUID, *, name: str = "", purpose: str = "self") -> Actor:
        """Name a person acting through an account of their own."""
        return cls(ActorKind.PERSON, account_id, name=name, purpose=purpose)

    @classmethod
    def staff(
        cls,
        account_id: UUID,
        *,
        post_id: UUID,
        unit_id: str,
        roles: frozenset[str],
        name: str = "",
    ) -> Actor:
        """Name a member of staff acting in one post of one unit."""
        return cls(ActorKind.STAFF, account_id, post_id, unit_id, roles, "duty", name)

    @classmethod
    def operator(cls, account_id: UUID, *, roles: frozenset[str], name: str = "") -> Actor:
        """Name an operator of this site: staff of no unit, to whom row security shows no case."""
        return cls(ActorKind.STAFF, account_id, roles=roles, purpose="operations", name=name)

    @classmethod
    def system(cls, purpose: str) -> Actor:
        """Name the system itself, working for ``purpose`` (a dotted word kept in the audit)."""
        return cls(ActorKind.SYSTEM, purpose=purpose, name="系统")

    @property
    def is_authenticated(self) -> bool:
        """Tell whether somebody, or the system, stands behind the act."""
        return self.kind is not ActorKind.ANONYMOUS

    @property
    def is_system(self) -> bool:
        """Tell whether the system itself acts."""
        return self.kind is ActorKind.SYSTEM


ANONYMOUS = Actor(ActorKind.ANONYMOUS)
