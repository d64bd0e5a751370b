"""The one door through which applications and work items change state."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from xiezhi.casework.actions._record import record
from xiezhi.casework.errors import AlreadyDecided
from xiezhi.casework.grants import GRANTS
from xiezhi.casework.models import Intake, WorkItem
from xiezhi.casework.states import INTAKE, WORK, IntakeState, WorkState
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.errors import NotFound
from xiezhi.foundation.machine import Move
from xiezhi.foundation.permissions import require

_EVENT_OF: Final = {
    "take_up": "intake.taken_up",
    "accept": "intake.accepted",
    "reject": "intake.rejected",
}


def locked_intake(intake_id: UUID) -> Intake:
    """Return the application under its row lock. Refuses: ``NotFound``."""
    found = Intake.objects.select_for_update(no_key=True).filter(pk=intake_id).first()
    if found is None:
        raise NotFound
    return found


def check_move(intake: Intake, name: str, *, actor: Actor) -> Move[IntakeState]:
    """Return the move if actor and state allow it.

    Refuses: ``Forbidden``; ``AlreadyDecided`` once decided; ``MoveRefused`` from another state.
    """
    require(GRANTS, INTAKE.moves[name].permission, actor, intake)
    state = IntakeState(intake.state)
    if state in INTAKE.final:
        raise AlreadyDecided(state=state.label)
    return INTAKE.take(name, state)


def move_intake(
    intake: Intake,
    name: str,
    *,
    actor: Actor,
    at: datetime,
    basis: str = "",
    facts: Mapping[str, object] | None = None,
    **changes: object,
) -> None:
    """Take the move ``name``: arrow, actor, row and event, together or not at all.

    The caller holds the row lock. ``facts`` go into the event, ``changes`` into the row.
    """
    step = check_move(intake, name, actor=actor)
    intake.state = step.target
    for field, value in changes.items():
        setattr(intake, field, value)
    intake.save(update_fields=["state", *changes])
    record(intake, _EVENT_OF[name], actor=actor, at=at, basis=basis or step.basis, facts=facts)


def move_work(
    *, court_id: str, kind: str, subject_id: UUID, name: str, actor: Actor, **changes: object
) -> WorkItem:
    """Claim or close the work item of a kind about a subject. Refuses: as :func:`move_intake`."""
    item = WorkItem.objects.select_for_update(no_key=True).get(
        court_id=court_id, kind=kind, subject_id=subject_id
    )
    step = WORK.take(name, WorkState(item.state))
    require(GRANTS, step.permission, actor, item)
    item.state = step.target
    for field, value in changes.items():
        setattr(item, field, value)
    item.save(update_fields=["state", *changes])
    return item
