"""Check what was typed against the kind's schema; say each finding in plain Chinese."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from xiezhi.contracts.forms import FieldSpec, FieldType, SectionSpec
from xiezhi.contracts.kinds import ApplicationKind
from xiezhi.contracts.payloads import Frozen
from xiezhi.service.desk.actions.checks.findings import Finding

CHOSEN = frozenset({FieldType.SELECT, FieldType.RADIO, FieldType.COURT, FieldType.CHECKBOX})
DATE_ERRORS = frozenset({"date_type", "date_parsing", "date_from_datetime_parsing"})
TEXTS = {
    "decimal_parsing": "请填写数字，例如48000、48,000.50或者4.8万。",
    "decimal_type": "请填写数字，例如48000、48,000.50或者4.8万。",
    "decimal_max_places": "金额最多写到分，也就是小数点后两位。",
    "greater_than": "金额要大于0。",
    "less_than_equal": "数额超出可以填写的范围，请核对。",
    "extra_forbidden": "这一项已不在表单中，请删除。",
    "int_parsing": "请填写整数。",
    "bool_parsing": "请选择一项。",
    "enum": "请从选项中选择一项。",
    "literal_error": "请从选项中选择一项。",
}


class Invalid(Exception):  # carries findings, is not an error of ours
    """The payload is not complete and right; ``findings`` says why."""

    def __init__(self, findings: list[Finding]) -> None:
        """Keep the findings."""
        super().__init__("the payload has findings")
        self.findings = findings


def validated(kind: ApplicationKind, typed: dict[str, Any], *, on: date) -> Frozen:
    """Return the payload made from what was typed until ``on``. Raises :class:`Invalid`."""
    found = _choices(kind, typed) + _not_yet(kind, typed, on)
    try:
        payload = kind.payload.model_validate(_cleaned(kind, typed))
    except ValidationError as error:
        seen = {each.name for each in found}
        details = error.errors(include_url=False)
        found += [one for one in (_finding(kind, each) for each in details) if one.name not in seen]
        raise Invalid(_in_order(kind, found)) from None
    if found:
        raise Invalid(_in_order(kind, found))
    return payload


def findings(kind: ApplicationKind, typed: dict[str, Any], *, on: date) -> list[Finding]:
    """List what is still wrong with what was typed, in the order of the form."""
    try:
        validated(kind, typed, on=on)
    except Invalid as invalid:
        return invalid.findings
    return []


def is_asked(spec: FieldSpec, values: dict[str, Any]) -> bool:
    """Tell whether a field is asked, given the other answers of its section."""
    if spec.shown_if is None:
        return True
    name, wanted = spec.shown_if
    return values.get(name) in wanted


def _cleaned(kind: ApplicationKind, typed: dict[str, Any]) -> dict[str, Any]:
    """Leave out what was not asked, and optional fields left empty."""
    cleaned: dict[str, Any] = {}
    for section in kind.form.sections:
        values = typed.get(section.name)
        if section.repeated:
            cleaned[section.name] = [_item(section, each) for each in values or []]
        else:
            cleaned[section.name] = _item(section, values or {})
    return cleaned


def _item(section: SectionSpec, values: dict[str, Any]) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for spec in section.fields:
        value = values.get(spec.name, "")
        if not is_asked(spec, values) or (not spec.required and _empty(value)):
            continue
        kept[spec.name] = value
    return kept


def _choices(kind: ApplicationKind, typed: dict[str, Any]) -> list[Finding]:
    """Find answers that are none of the choices offered."""
    found: list[Finding] = []
    for section in kind.form.sections:
        for index, item in _numbered(section, typed.get(section.name)):
            for spec in section.fields:
                given = item.get(spec.name, "")
                offered = {choice.value for choice in spec.choices}
                given_all = given if isinstance(given, list) else [given]
                if offered and not _empty(given) and not offered.issuperset(given_all):
                    text = "请从选项中选择一项。"
                    found.append(_at(section, spec, index, text))
    return found


def _not_yet(kind: ApplicationKind, typed: dict[str, Any], on: date) -> list[Finding]:
    """Find days that have not come, where what is told must have happened."""
    text = "这一天还没有到，请核对年、月、日。"
    return [
        _at(section, spec, index, text)
        for section in kind.form.sections
        for index, item in _numbered(section, typed.get(section.name))
        for spec in section.fields
        if spec.past and (day := _day(item.get(spec.name))) is not None and day > on
    ]


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value or ""))
    except ValueError:
        return None


def _numbered(section: SectionSpec, values: Any) -> list[tuple[int | None, dict[str, Any]]]:
    if section.repeated:
        return list(enumerate(values or []))
    return [(None, values or {})]


def _finding(kind: ApplicationKind, error: ErrorDetails) -> Finding:
    path = list(error["loc"])
    sections = {section.name: section for section in kind.form.sections}
    section = sections.get(str(path[0])) if path else None
    if section is None:
        last = kind.form.sections[-1]
        return Finding(last.name, last.title, _said(error), basis=last.basis)
    index = path[1] if section.repeated and len(path) > 1 and isinstance(path[1], int) else None
    field_path = path[2:] if index is not None else path[1:]
    spec = next((s for s in section.fields if field_path and s.name == field_path[0]), None)
    if spec is not None:
        return _at(section, spec, index, _field_text(spec, error))
    return _whole(section, index, error)


def _whole(section: SectionSpec, index: int | None, error: ErrorDetails) -> Finding:
    item = section.item_label or section.title
    label = section.title if index is None else f"{item}{index + 1}"
    text = _said(error)
    if error["type"] == "too_short":
        text = f"请至少填写一项{item}。"
    elif error["type"] == "too_long":
        text = f"{item}最多{section.at_most}项。"
    return Finding(section.name, label, text, index=index, basis=section.basis)


def _at(section: SectionSpec, spec: FieldSpec, index: int | None, text: str) -> Finding:
    item = f"{section.item_label or section.title}{index + 1}的" if index is not None else ""
    basis = spec.basis or section.basis
    return Finding(section.name, f"{item}{spec.label}", text, spec.name, index, basis)


def _field_text(spec: FieldSpec, error: ErrorDetails) -> str:
    if error["type"] in {"missing", "string_too_short"} or _empty(error.get("input")):
        return f"请选择{spec.label}。" if spec.type in CHOSEN else f"请填写{spec.label}。"
    if error["type"] == "string_too_long":
        limit = error.get("ctx", {}).get("max_length", spec.max_length)
        return f"{spec.label}最多{limit}个字，请删减。"
    if error["type"] in DATE_ERRORS or error["type"].startswith("date"):
        return "日期不正确，请按年、月、日填写，例如2026-03-02。"
    return _said(error)


def _said(error: ErrorDetails) -> str:
    if error["type"] == "value_error":
        return str(error.get("ctx", {}).get("error", "")) or error["msg"]
    return TEXTS.get(error["type"], "这一项填写有误，请核对后重新填写。")


def _empty(value: object) -> bool:
    return value is None or value in ("", []) or (isinstance(value, str) and not value.strip())


def _in_order(kind: ApplicationKind, found: list[Finding]) -> list[Finding]:
    order = {section.name: place for place, section in enumerate(kind.form.sections)}
    fields = {
        (section.name, spec.name): place
        for section in kind.form.sections
        for place, spec in enumerate(section.fields)
    }
    return sorted(
        found,
        key=lambda one: (
            order[one.section],
            -1 if one.index is None else one.index,
            fields.get((one.section, one.field), -1),
        ),
    )
