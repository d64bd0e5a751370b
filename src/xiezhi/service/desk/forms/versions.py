"""Set two versions of a section side by side, term by term."""

from __future__ import annotations

from typing import Any

from xiezhi.contracts.forms import SectionSpec
from xiezhi.foundation.pages.components import DiffRow
from xiezhi.service.desk.forms.document import shown_value


def differences(section: SectionSpec, saved: Any, set_aside: Any) -> list[DiffRow]:
    """Return the terms in which the versions differ."""
    left, right = _listed(section, saved), _listed(section, set_aside)
    rows = []
    for index in range(max(len(left), len(right))):
        a = left[index] if index < len(left) else {}
        b = right[index] if index < len(right) else {}
        item = f"{section.item_label or section.title}{index + 1}的" if section.repeated else ""
        for spec in section.fields:
            before = shown_value(spec, a.get(spec.name))
            after = shown_value(spec, b.get(spec.name))
            if before != after:
                rows.append(DiffRow(label=f"{item}{spec.label}", before=before, after=after))
    return rows


def _listed(section: SectionSpec, values: Any) -> list[dict[str, Any]]:
    if section.repeated:
        return list(values or [])
    return [values or {}]
