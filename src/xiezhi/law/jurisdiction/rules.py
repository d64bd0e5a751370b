"""The recorded rules of territorial jurisdiction and the causes each of them covers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from xiezhi.law.parameters import Parameter, derived, parameter, table

FILE = "jurisdiction"
EVERY = "*"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: the causes it covers and the places that connect them to a court."""

    name: str
    label: str
    causes: tuple[str, ...]
    places: tuple[str, ...]
    exclusive: bool
    immovable: bool
    basic: bool
    special: str
    basis: str
    note: str

    def covers(self, cause: str) -> bool:
        """Tell whether the rule is about a cause, a fourth-level one falling under its third."""
        return covers(self.causes, cause)


def covers(listed: Sequence[str], cause: str) -> bool:
    """Tell whether a list of causes and ranges contains a cause.

    Basis: 民事案件案由规定（第四级案由随第三级）。
    """
    third = int(cause.partition(".")[0])
    for item in listed:
        first, dash, last = item.partition("-")
        if item in {EVERY, cause} or (dash and int(first) <= third <= int(last)):
            return True
        if not dash and item == str(third):
            return True
    return False


@derived
def rules(on: date) -> tuple[Rule, ...]:
    """Return the rules in force on a day, special ones before general ones.

    Basis: 民事诉讼法第二十二条至第三十四条及各特别规定。
    """
    return tuple(_rule(entry) for entry in _entries("rule") if entry.covers(on))


@derived
def exceptions(on: date) -> tuple[Rule, ...]:
    """Return the exceptions to the defendant's domicile in force on a day.

    Basis: 民事诉讼法第二十三条；民诉法解释第九条、第十二条。
    """
    return tuple(_rule(entry) for entry in _entries("exception") if entry.covers(on))


@derived
def place_names() -> dict[str, str]:
    """Return the kinds of place with their Chinese names.

    Basis: 民事诉讼法第二章、第十五章的用语。
    """
    return dict(parameter(FILE, "places", date.max).value)


@derived
def _entries(kind: str) -> tuple[Parameter, ...]:
    return tuple(
        entry for (name, _), versions in table(FILE).items() if name == kind for entry in versions
    )


@derived
def _rule(entry: Parameter) -> Rule:
    value = entry.value
    return Rule(
        name=entry.scope,
        label=value["label"],
        causes=tuple(value["causes"]),
        places=tuple(value["places"]),
        exclusive=value.get("exclusive", False),
        immovable=value.get("immovable", False),
        basic=value.get("basic", False),
        special=value.get("special", ""),
        basis=entry.source,
        note=entry.note,
    )
