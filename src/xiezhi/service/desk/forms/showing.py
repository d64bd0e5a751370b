"""Build the page's fields from a section, what was typed, and what was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from xiezhi.contracts.forms import FieldSpec, FieldType, SectionSpec
from xiezhi.directory import queries as directory
from xiezhi.foundation.pages.components import Choice, Field, FieldError
from xiezhi.foundation.pages.components.forms import FieldKind
from xiezhi.service.desk.actions.checks.findings import Finding
from xiezhi.service.desk.forms.reading import items

KINDS: Final[dict[FieldType, FieldKind]] = {
    FieldType.TEXT: "text",
    FieldType.TEXTAREA: "textarea",
    FieldType.SELECT: "select",
    FieldType.RADIO: "radio",
    FieldType.DATE: "date",
    FieldType.MONEY: "money",
    FieldType.ID_NUMBER: "id_number",
    FieldType.PHONE: "phone",
    FieldType.COURT: "select",
}
ROWS: Final = 12


@dataclass(frozen=True, slots=True)
class ShownItem:
    """One item of a section on the page."""

    index: int
    label: str
    fields: list[Field]
    findings: list[Finding]


def shown(
    section: SectionSpec, payload: dict[str, Any], findings: Sequence[Finding]
) -> list[ShownItem]:
    """Return the items of a section with their fields, each with its own finding."""
    own = [one for one in findings if one.section == section.name]
    made = []
    for index, values in enumerate(items(section, payload)):
        at = index if section.repeated else None
        here = [one for one in own if one.index == at]
        label = f"{section.item_label or section.title}{index + 1}" if section.repeated else ""
        fields = [field(spec, section, at, values, here) for spec in section.fields]
        made.append(ShownItem(index, label, fields, [one for one in here if not one.field]))
    return made


def field(
    spec: FieldSpec,
    section: SectionSpec,
    index: int | None,
    values: dict[str, Any],
    findings: Sequence[Finding],
) -> Field:
    """Return one field with its value, its help, its legal ground and its finding."""
    name = f"{section.name}-{spec.name}" if index is None else f"{section.name}-{index}-{spec.name}"
    error = next((one.message for one in findings if one.field == spec.name), "")
    value = values.get(spec.name, "")
    single = spec.type is FieldType.CHECKBOX and not spec.choices
    return Field(
        kind=_kind(spec),
        name=name,
        label=spec.label,
        value=value == "yes" if single else value,
        choices=_choices(spec),
        help=_help(spec, section),
        basis=spec.basis if not error else (spec.basis or section.basis),
        error=error,
        required=spec.required,
        placeholder=spec.placeholder,
        autocomplete=spec.autocomplete or "off",
        maxlength=spec.max_length if spec.type in {FieldType.TEXT, FieldType.TEXTAREA} else None,
        rows=ROWS,
    )


def summary(findings: Sequence[Finding], section: SectionSpec) -> list[FieldError]:
    """Return the findings for the top of the page, each leading to its field."""
    first = section.fields[0].name
    return [
        FieldError(
            name=one.name if one.field else f"{one.name}-{first}",
            label=one.label,
            message=one.message,
        )
        for one in findings
    ]


def _kind(spec: FieldSpec) -> FieldKind:
    if spec.type is FieldType.CHECKBOX:
        return "checkboxes" if spec.choices else "check"
    return KINDS[spec.type]


def _choices(spec: FieldSpec) -> list[Choice]:
    if spec.type is FieldType.COURT:
        courts = directory.courts()
        return [Choice(value=court.code, label=court.name) for court in courts]
    return [Choice(value=choice.value, label=choice.label) for choice in spec.choices]


def _help(spec: FieldSpec, section: SectionSpec) -> str:
    """Say under which other answer a field is asked, before its own help."""
    if spec.shown_if is None:
        return spec.help
    name, wanted = spec.shown_if
    other = next(each for each in section.fields if each.name == name)
    labels = [choice.label for choice in other.choices if choice.value in wanted]
    return f"“{other.label}”选择“{'”或者“'.join(labels)}”时填写。{spec.help}"
