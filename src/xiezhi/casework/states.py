"""The lives of an application at the court, of a work item and of a case, as tables of moves."""

from __future__ import annotations

from django.db.models import TextChoices

from xiezhi.casework.articles import CPL_126, REGISTRATION
from xiezhi.casework.permissions import May
from xiezhi.foundation.machine import Machine, Move


class IntakeState(TextChoices):
    """Where an application stands at the filing desk."""

    RECEIVED = "received", "待审查"
    UNDER_REVIEW = "under_review", "审查中"
    ACCEPTED = "accepted", "已立案"
    REJECTED = "rejected", "不予受理"


class WorkState(TextChoices):
    """Where a work item stands."""

    OPEN = "open", "待领取"
    CLAIMED = "claimed", "办理中"
    DONE = "done", "已办结"


class CaseState(TextChoices):
    """Where a case stands; what follows filing joins with its own moves."""

    FILED = "filed", "已立案"


S = IntakeState
W = WorkState

INTAKE = Machine(
    initial=S.RECEIVED,
    final=frozenset({S.ACCEPTED, S.REJECTED}),
    moves=(
        Move(
            "take_up", frozenset({S.RECEIVED}), S.UNDER_REVIEW, May.REVIEW, REGISTRATION, "开始审查"
        ),
        Move("accept", frozenset({S.UNDER_REVIEW}), S.ACCEPTED, May.DECIDE, CPL_126, "受理并立案"),
        Move("reject", frozenset({S.UNDER_REVIEW}), S.REJECTED, May.DECIDE, CPL_126, "不予受理"),
    ),
)

WORK = Machine(
    initial=W.OPEN,
    final=frozenset({W.DONE}),
    moves=(
        Move("claim", frozenset({W.OPEN}), W.CLAIMED, May.WORK, CPL_126, "领取"),
        Move("close", frozenset({W.OPEN, W.CLAIMED}), W.DONE, May.WORK, CPL_126, "办结"),
    ),
)

CASE = Machine(initial=CaseState.FILED, final=frozenset({CaseState.FILED}), moves=())
