"""Tables of the desk."""

from __future__ import annotations

from xiezhi.service.desk.models.application import Application, ApplicationEvent, SetAsideVersion
from xiezhi.service.desk.models.case import Disclosure, Participation
from xiezhi.service.desk.models.material import Material

__all__ = [
    "Application",
    "ApplicationEvent",
    "Disclosure",
    "Material",
    "Participation",
    "SetAsideVersion",
]
