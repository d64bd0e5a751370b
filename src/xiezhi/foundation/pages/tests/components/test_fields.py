"""A field carries its label, help, ground and finding to whoever cannot see it."""

from __future__ import annotations

from decimal import Decimal
from typing import get_args

import jinja2
import pytest

from xiezhi.foundation.pages.components import Choice, Field
from xiezhi.foundation.pages.components.forms import FieldKind
from xiezhi.foundation.pages.tests.parsing import Element, elements

KINDS: tuple[FieldKind, ...] = get_args(FieldKind)
CHOICES = (Choice(value="a", label="甲"), Choice(value="b", label="乙"))


def field(kind: FieldKind, value: str | Decimal | None = None) -> Field:
    return Field(
        kind=kind,
        name="thing",
        label="事项",
        value=value,
        choices=CHOICES,
        help="怎样填写",
        basis="某法第一条",
        error="请填写",
        required=True,
    )


def shown(environment: jinja2.Environment, part: Field) -> list[Element]:
    return elements(environment.from_string("{{ part }}").render(part=part))


def controls(page: list[Element]) -> list[Element]:
    return [element for element in page if element.tag in {"input", "select", "textarea"}]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_field_names_its_help_ground_and_finding(
    environment: jinja2.Environment, kind: FieldKind
) -> None:
    page = shown(environment, field(kind))
    by_id = {element.get("id"): element.text.strip() for element in page}
    described = [element.get("aria-describedby") for element in page]
    named = next(filter(None, described)).split()
    assert [by_id[name] for name in named] == ["怎样填写", "依据：某法第一条", "请填写"]
    assert any(control.get("aria-invalid") == "true" for control in controls(page))


@pytest.mark.parametrize("kind", KINDS)
def test_every_control_has_a_label(environment: jinja2.Environment, kind: FieldKind) -> None:
    page = shown(environment, field(kind))
    labelled = {element.get("for") for element in page if element.tag == "label"}
    assert {control.get("id") for control in controls(page)} == labelled


def test_money_is_shown_as_typed_not_in_exponents(environment: jinja2.Environment) -> None:
    [control] = controls(shown(environment, field("money", Decimal("1.2E+5"))))
    assert control.get("value") == "120000"


def test_what_was_typed_comes_back_even_if_wrong(environment: jinja2.Environment) -> None:
    [control] = controls(shown(environment, field("money", "十二万")))
    assert control.get("value") == "十二万"


def test_password_never_comes_back(environment: jinja2.Environment) -> None:
    [control] = controls(shown(environment, field("password", "secret")))
    assert control.get("value") == ""


def test_chosen_answer_is_checked(environment: jinja2.Environment) -> None:
    page = controls(shown(environment, field("radio", "b")))
    assert [control.get("value") for control in page if "checked" in control.attributes] == ["b"]


def test_textarea_keeps_a_leading_line_break(environment: jinja2.Environment) -> None:
    rendered = environment.from_string("{{ part }}").render(part=field("textarea", "\n第二行"))
    # A browser drops the first line break after the tag, so there must be one more.
    assert ">\n\n第二行</textarea>" in rendered


def test_a_select_without_an_answer_begins_with_the_request_to_choose() -> None:
    choices = (Choice(value="a", label="甲市"), Choice(value="b", label="乙市"))
    field = Field(kind="select", name="city", label="市", value="", choices=choices, required=True)
    shown = field.__html__()
    assert shown.index("请选择") < shown.index("甲市")
    assert "selected" not in shown
