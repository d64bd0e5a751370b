"""What filing asks: which kinds can be filed, and which courts take them."""

from __future__ import annotations

from dataclasses import dataclass

from xiezhi.contracts import kinds
from xiezhi.contracts.kinds import ApplicationKind
from xiezhi.directory import queries as directory
from xiezhi.directory.models import Court
from xiezhi.foundation.errors import NotFound
from xiezhi.service.filing.fees import PREFIX


@dataclass(frozen=True, slots=True)
class City:
    """The courts below one intermediate court."""

    code: str
    name: str
    courts: list[Court]


def kinds_of_filing() -> list[ApplicationKind]:
    """List the kinds that open a case."""
    return [kind for kind in kinds.every() if kind.code.startswith(PREFIX)]


def kind_of_filing(code: str) -> ApplicationKind:
    """Return one kind that opens a case. Refuses: ``NotFound``."""
    found = next((kind for kind in kinds_of_filing() if kind.code == code), None)
    if found is None:
        raise NotFound
    return found


def cities() -> list[City]:
    """List the courts that take filings online, by city."""
    taking = list(directory.courts_taking_first_instance())
    names = {court.code: court.region for court in directory.courts()}
    codes = dict.fromkeys(court.parent_code for court in taking)
    return [
        City(code, names.get(code, ""), [court for court in taking if court.parent_code == code])
        for code in codes
    ]
