"""The tables of the court's core; every row that belongs to a case bears its court."""

from __future__ import annotations

from xiezhi.casework.models.case import Case, Claim, Participation, Party
from xiezhi.casework.models.document import Document, Instrument, Manifest
from xiezhi.casework.models.events import CaseEvent, IntakeEvent
from xiezhi.casework.models.intake import Intake, IntakeMaterial
from xiezhi.casework.models.numbers import IssuedNumber, NumberSeries
from xiezhi.casework.models.outlet import Disclosure
from xiezhi.casework.models.work import WorkItem

__all__ = [
    "Case",
    "CaseEvent",
    "Claim",
    "Disclosure",
    "Document",
    "Instrument",
    "Intake",
    "IntakeEvent",
    "IntakeMaterial",
    "IssuedNumber",
    "Manifest",
    "NumberSeries",
    "Participation",
    "Party",
    "WorkItem",
]
