"""Write what was filled in as a document: the statement of claim (民事起诉状) and its like."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from xiezhi.contracts.forms import FieldSpec, FieldType, SectionSpec
from xiezhi.contracts.kinds import ApplicationKind
from xiezhi.contracts.payloads import MAX_YUAN, plain_sum
from xiezhi.foundation.pages.formats import date_text, money
from xiezhi.service.desk.actions.checks.payload import is_asked
from xiezhi.service.desk.forms.reading import items

CIVIL_FILING = "filing.civil."
ASIDE = re.compile(r"（您[^）]*）")  # said to the person who fills in, not in the document


@dataclass(frozen=True, slots=True)
class Line:
    """One term of the document; ``prose`` is set as paragraphs."""

    label: str
    value: str
    prose: bool = False

    @property
    def paragraphs(self) -> list[str]:
        """Return the paragraphs of prose."""
        return [text for text in self.value.split("\n") if text.strip()]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the document, with a list of items of lines."""

    name: str
    title: str
    item_label: str
    items: list[list[Line]]


def document_title(kind: ApplicationKind) -> str:
    """Name the document as a court knows it."""
    return "民事起诉状" if kind.code.startswith(CIVIL_FILING) else kind.name


def parts(kind: ApplicationKind, payload: dict[str, Any]) -> list[Part]:
    """Return the document, part by part, in the order of the form."""
    return [
        Part(
            section.name,
            ASIDE.sub("", section.title),
            section.item_label if section.repeated else "",
            [lines for each in items(section, payload) if (lines := _lines(section, each))],
        )
        for section in kind.form.sections
    ]


def shown_value(spec: FieldSpec, value: object) -> str:
    """Write one value as a document has it; what cannot be read is shown as typed."""
    if value in (None, "", []):
        return ""
    if spec.choices:
        chosen = value if isinstance(value, list) else [value]
        labels = {choice.value: choice.label for choice in spec.choices}
        return "、".join(labels.get(str(each), str(each)) for each in chosen)
    if spec.type is FieldType.MONEY:
        return _money(str(value))
    if spec.type is FieldType.DATE:
        return _date(str(value))
    if spec.type is FieldType.CHECKBOX:
        return "是" if value in ("yes", True) else "否"
    return str(value)


def _lines(section: SectionSpec, values: dict[str, Any]) -> list[Line]:
    """Return the terms that were filled in; what is missing stands among the findings.

    The first term of an item in a list names the item and needs no label.
    """
    named = section.fields[0].name if section.repeated else ""
    shown = [
        Line(
            _label(spec, named),
            shown_value(spec, values.get(spec.name)),
            spec.type is FieldType.TEXTAREA,
        )
        for spec in section.fields
        if is_asked(spec, values)
    ]
    return [line for line in shown if line.value.strip()]


def _label(spec: FieldSpec, named: str) -> str:
    return "" if spec.name == named else f"{spec.label}："


def _money(text: str) -> str:
    try:
        amount = Decimal(str(plain_sum(text)))
    except InvalidOperation:
        return text
    # A typed exponent could make a line of millions of digits; such a sum is shown as typed.
    return money(amount) if amount.is_finite() and -MAX_YUAN <= amount <= MAX_YUAN else text


def _date(text: str) -> str:
    try:
        return date_text(date.fromisoformat(text))
    except ValueError:
        return text
