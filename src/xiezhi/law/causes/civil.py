"""The tree of civil causes in force on a day, and where a case of each cause goes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from xiezhi.law import numerals
from xiezhi.law.errors import LawError
from xiezhi.law.parameters import Parameter, derived, has, parameter, table

BASIS = "民事案件案由规定（2025年修正）"
PART, GROUP, THIRD, FOURTH = 1, 2, 3, 4
UNDECIDED = "?"


@dataclass(frozen=True, slots=True)
class Cause:
    """One node of the tree.

    ``code`` is ``part-4``, ``group-10``, ``108`` or ``108.3``; ``label`` as the list prints
    it. ``fee_group`` and ``fee_kind`` name the fee (``acceptance``/``application``), empty
    where a person must decide. ``procedure``, ``division`` and ``type_code`` say where a
    case goes; they are conventions of the data file.
    """

    code: str
    level: int
    label: str
    name: str
    parent: str
    fee_group: str
    fee_kind: str
    division: str
    procedure: str
    type_code: str
    basis: str

    @property
    def needs_fee_decision(self) -> bool:
        """Tell whether nobody can say the kind of fee from the cause alone."""
        return not self.fee_kind


def civil(on: date) -> dict[str, Cause]:
    """Return every civil cause in force on a filing day, by code, in the order of the list.

    Basis: 民事案件案由规定（法〔2025〕226号，2026-01-01施行；此前立案的沿用原案由）。
    Refuses: ``LawError`` for a day whose list is not recorded.
    """
    if not has("causes", "civil", on, scope="一"):
        raise LawError(
            f"没有录入{on.isoformat()}适用的民事案由。",
            code="cause.version",
            basis=BASIS,
            remedy="2026年1月1日前立案的案件沿用原案由，请由人工确定。",
        )
    return _tree(parameter("causes", "civil", on, scope="一").since)


def cause(code: str, on: date) -> Cause:
    """Return one civil cause by its code.

    Basis: 民事案件案由规定。
    Refuses: ``LawError`` for an unknown code or day.
    """
    found = civil(on).get(code)
    if found is None:
        raise LawError(f"没有编号为“{code}”的民事案由。", code="cause.unknown", basis=BASIS)
    return found


def by_name(name: str, on: date) -> Cause:
    """Return the most specific civil cause with a name.

    Basis: 民事案件案由规定；有第四级的用第四级，否则用第三级、第二级、第一级。
    Refuses: ``LawError`` for an unknown name or day.
    """
    found = [one for one in civil(on).values() if one.name == name.strip()]
    if not found:
        raise LawError(
            f"没有名为“{name.strip()}”的民事案由。",
            code="cause.unknown",
            basis=BASIS,
            remedy="请从案由表中选择；没有对应案由不影响立案。",
        )
    return max(found, key=lambda one: one.level)


def children(code: str, on: date) -> tuple[Cause, ...]:
    """Return the causes directly below one, or the parts for an empty code.

    Basis: 民事案件案由规定。
    """
    return tuple(one for one in civil(on).values() if one.parent == code)


def path(code: str, on: date) -> tuple[Cause, ...]:
    """Return a cause with everything above it, part first.

    Basis: 民事案件案由规定。
    Refuses: ``LawError`` for an unknown code.
    """
    way = [cause(code, on)]
    while way[0].parent:
        way.insert(0, cause(way[0].parent, on))
    return tuple(way)


@derived
def _tree(since: date) -> dict[str, Cause]:
    types = dict(parameter("causes", "type-codes", since).value)
    found: dict[str, Cause] = {}
    groups = [
        entry
        for (name, _), versions in table("causes").items()
        if name == "civil"
        for entry in versions
        if entry.covers(since)
    ]
    for index, entry in enumerate(groups, start=1):
        _add_group(found, index, entry, types)
    return found


def _add_group(
    found: dict[str, Cause], index: int, entry: Parameter, types: dict[str, str]
) -> None:
    value: dict[str, Any] = entry.value
    number = numerals.to_int(value["part"].removeprefix("第").removesuffix("部分"))
    part = f"part-{number}"
    fee_group, fee_kind = _fee(value["fee"])
    group = Cause(
        code=f"group-{index}",
        level=GROUP,
        label=f"{entry.scope}、{value['name']}",
        name=value["name"],
        parent=part,
        fee_group=fee_group,
        fee_kind=fee_kind,
        division=value["division"],
        procedure=value["procedure"],
        type_code=value["type"],
        basis=entry.source,
    )
    if part not in found:
        label = f"{value['part']} {value['part_name']}"
        found[part] = replace(
            group, code=part, level=PART, label=label, name=value["part_name"], parent="",
            fee_group="", fee_kind="", type_code="",
        )  # fmt: skip
    found[group.code] = group
    for offset, row in enumerate(value["rows"].split()):
        _add_third(found, group, value["first"] + offset, row, types)


def _add_third(
    found: dict[str, Cause], group: Cause, number: int, row: str, types: dict[str, str]
) -> None:
    name, fee, below = [*row.split("|"), "", ""][:3]
    fee_group, fee_kind = _fee(fee) if fee else (group.fee_group, group.fee_kind)
    third = replace(
        group, code=str(number), level=THIRD, label=f"{number}.{name}", name=name,
        parent=group.code, fee_group=fee_group, fee_kind=fee_kind,
        type_code=types.get(str(number), group.type_code),
    )  # fmt: skip
    found[third.code] = third
    for place, title in enumerate(filter(None, below.split("；")), start=1):
        code = f"{number}.{place}"
        found[code] = replace(
            third, code=code, level=FOURTH, label=f"（{place}）{title}", name=title,
            parent=third.code,
        )  # fmt: skip


def _fee(text: str) -> tuple[str, str]:
    if text == UNDECIDED:
        return "", ""
    group, _, kind = text.rpartition("/")
    return group or "acceptance", kind
