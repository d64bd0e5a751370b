"""Which procedure and which tribunal (程序和审判组织): conditions, exclusions, what is missing."""

from __future__ import annotations

from xiezhi.law.procedure_choice.choice import CaseFacts, ProcedureChoice, choose
from xiezhi.law.procedure_choice.facts import facts
from xiezhi.law.procedure_choice.tribunal import (
    Tribunal,
    first_instance_tribunal,
    second_instance_tribunal,
)

__all__ = [
    "CaseFacts",
    "ProcedureChoice",
    "Tribunal",
    "choose",
    "facts",
    "first_instance_tribunal",
    "second_instance_tribunal",
]
