"""Read one section of a form from what the browser sent."""

from __future__ import annotations

import re
from typing import Any

from django.http import QueryDict

from xiezhi.contracts.forms import FieldSpec, FieldType, SectionSpec
from xiezhi.foundation.typed import as_seen
from xiezhi.service.desk.actions.save_draft import Typed

SLACK = 200  # beyond the limit of a field: kept and reported, rather than cut silently


def typed(section: SectionSpec, post: QueryDict) -> Typed:
    """Return what was typed, as text, for every field of the section.

    Shape: a mapping, or for a repeated section a list of mappings in the order on the page.
    """
    if not section.repeated:
        return _item(section, post, section.name)
    numbers = sorted(_numbers(section, post))[: section.at_most]
    return [_item(section, post, f"{section.name}-{number}") for number in numbers]


def blank(section: SectionSpec) -> dict[str, Any]:
    """Return an item with nothing in it."""
    return {spec.name: [] if _is_many(spec) else "" for spec in section.fields}


def items(section: SectionSpec, payload: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the items of a section as the page shows them: at least as many as are asked."""
    if not section.repeated:
        return [payload.get(section.name) or blank(section)]
    known = list(payload.get(section.name) or [])
    missing = max(section.at_least, 1) - len(known)
    return known + [blank(section) for _ in range(missing)]


def _numbers(section: SectionSpec, post: QueryDict) -> set[int]:
    pattern = re.compile(rf"{re.escape(section.name)}-(\d{{1,3}})-\w+")
    return {int(match[1]) for key in post if (match := pattern.fullmatch(key))}


def _item(section: SectionSpec, post: QueryDict, prefix: str) -> dict[str, Any]:
    return {spec.name: _value(spec, post, f"{prefix}-{spec.name}") for spec in section.fields}


def _value(spec: FieldSpec, post: QueryDict, name: str) -> str | list[str]:
    if _is_many(spec):
        return [choice.value for choice in spec.choices if choice.value in post.getlist(name)]
    text = as_seen(post.get(name, ""))
    if spec.type is not FieldType.TEXTAREA:
        text = text.replace("\n", " ")
    return text[: spec.max_length + SLACK]


def _is_many(spec: FieldSpec) -> bool:
    return spec.type is FieldType.CHECKBOX and bool(spec.choices)
