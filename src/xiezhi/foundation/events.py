"""Events: what is declared of each kind, and what follows when one is recorded."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from xiezhi.foundation.actors import Actor


@dataclass(frozen=True, slots=True)
class EventKind:
    """The declaration of one kind of event.

    ``retention`` says how long it is kept, ``redaction`` how it is shown once the subject may no
    longer be named; both are obligatory, so that nobody can forget to decide them.
    """

    name: str
    label: str
    basis: str
    retention: str
    redaction: str
    version: int = 1
    audited: bool = True
    attested: bool = False


@dataclass(frozen=True, slots=True)
class Recorded:
    """One event just recorded: ids and digests, never personal data."""

    kind: EventKind
    event_id: UUID
    subject_kind: str
    subject_id: UUID
    actor: Actor
    occurred_at: datetime
    recorded_at: datetime
    facts: Mapping[str, object] = field(default_factory=dict)


Effect = Callable[[Recorded], None]
EFFECTS: list[Effect] = []


def follow(effect: Effect) -> Effect:
    """Have ``effect`` run for every recorded event, in the same transaction. Idempotent."""
    if effect not in EFFECTS:
        EFFECTS.append(effect)
    return effect


def announce(recorded: Recorded) -> None:
    """Run what follows from an event; an error undoes the event as well."""
    for effect in EFFECTS:
        effect(recorded)


class EventKinds:
    """The kinds that one app declares; names are unique within it."""

    def __init__(self, *kinds: EventKind) -> None:
        """Keep ``kinds`` by name."""
        self._kinds = {kind.name: kind for kind in kinds}
        if len(self._kinds) != len(kinds):
            msg = "two kinds of event bear the same name"
            raise ValueError(msg)

    def __getitem__(self, name: str) -> EventKind:
        """Return the declaration called ``name``."""
        return self._kinds[name]

    def __iter__(self) -> Iterator[EventKind]:
        """Iterate over the declarations."""
        return iter(self._kinds.values())
