"""The questions of a calculator as fields of a page, its lines as a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from xiezhi.foundation.pages.components import (
    Choice,
    Column,
    DataTable,
    EmptyState,
    Field,
    FieldError,
    TableRow,
)
from xiezhi.foundation.pages.components.forms import FieldKind
from xiezhi.service.calculators.answers import Answer
from xiezhi.service.calculators.declaration import Calculator
from xiezhi.service.calculators.questions import Kind, Question
from xiezhi.service.calculators.reading import Finding, Raw

_SHORT = 7  # characters that a column of a phone or of a narrow page holds in one line
_KINDS: dict[Kind, FieldKind] = {
    Kind.TEXT: "text",
    Kind.MONEY: "money",
    Kind.NUMBER: "number",
    Kind.DATE: "date",
    Kind.TIME: "text",
    Kind.CHOICE: "select",
    Kind.CHOICES: "checkboxes",
    Kind.YES: "check",
    Kind.ID_NUMBER: "id_number",
}


def fields_of(
    questions: Sequence[Question], raw: Raw, findings: Sequence[Finding]
) -> tuple[Field, ...]:
    """Return the fields with what was typed and what was found."""
    words = {finding.field: finding.words for finding in findings}
    return tuple(
        _field(question, raw.get(question.name, (question.default,)), words.get(question.name, ""))
        for question in questions
    )


def errors_of(findings: Sequence[Finding]) -> tuple[FieldError, ...]:
    """Return the findings for the summary above the form."""
    return tuple(
        FieldError(name=finding.field, label=finding.label, message=finding.text)
        for finding in findings
    )


def steps_table(calculator: Calculator[Any], answer: Answer) -> DataTable:
    """Return the lines that led to the answer; sums stand right, words left."""
    label, formula, value, basis = calculator.columns
    sums = all(isinstance(step.value, Decimal) for step in answer.steps)
    return DataTable(
        columns=[
            Column(label=label, wrap=_long(step.label for step in answer.steps)),
            Column(label=formula, wrap=_long(step.formula for step in answer.steps)),
            Column(
                label=value,
                align="right" if sums else "left",
                wrap=any(isinstance(step.value, str) for step in answer.steps),
            ),
            Column(label=basis),
        ],
        rows=[
            TableRow(cells=[step.label, step.formula, step.shown, step.basis])
            for step in answer.steps
        ],
        caption=calculator.steps_title,
        empty=EmptyState(title="没有需要列出的步骤"),
    )


def _long(texts: Iterable[str]) -> bool:
    return max(map(len, texts), default=0) > _SHORT


def _field(question: Question, given: Sequence[str], error: str) -> Field:
    first = given[0] if given else ""
    several = question.kind is Kind.CHOICES
    value: str | bool | tuple[str, ...] = tuple(given) if several else first
    lines = question.kind in {Kind.TEXT, Kind.ID_NUMBER}
    return Field(
        kind=_KINDS[question.kind],
        name=question.name,
        label=question.label,
        value=bool(first) if question.kind is Kind.YES else value,
        choices=tuple(Choice(value=one.value, label=one.label) for one in question.choices),
        help=question.help,
        basis=question.basis,
        error=error,
        required=question.required,
        placeholder=question.placeholder,
        maxlength=question.max_length if lines else None,
        unit=question.unit,
    )
