"""A component takes exactly the arguments it declares."""

from __future__ import annotations

import jinja2
import pytest
from django.utils.functional import lazystr

from xiezhi.foundation.pages.components import ComponentError, StatusChip


@pytest.mark.parametrize(
    ("call", "reason"),
    [
        ('ui.status_chip(labl="审查中")', "label"),
        ('ui.status_chip(label="审查中", colour="red")', "colour"),
        ("ui.status_chip(label=3)", "string"),
        ('ui.status_chip(label="审查中", tone="red")', "tone"),
        ('ui.status_chip("审查中")', "by keyword"),
        ('ui.no_such_thing(label="审查中")', "no component"),
        ('ui.data_table(caption="表", columns=[], rows=["行"], empty="空")', "empty"),
        ('ui.timeline(events=["一件事"])', "TimelineEvent"),
    ],
)
def test_component_refuses_what_it_does_not_declare(
    environment: jinja2.Environment, call: str, reason: str
) -> None:
    with pytest.raises(ComponentError, match=reason):
        environment.from_string(f"{{{{ {call} }}}}").render()


def test_undefined_argument_fails(environment: jinja2.Environment) -> None:
    with pytest.raises((ComponentError, jinja2.UndefinedError)):
        environment.from_string("{{ ui.status_chip(label=missing) }}").render()


def test_text_is_escaped(environment: jinja2.Environment) -> None:
    shown = environment.from_string("{{ ui.status_chip(label=label) }}").render(label="<b>张</b>")
    assert "<b>" not in shown
    assert "&lt;b&gt;张&lt;/b&gt;" in shown


def test_component_made_in_a_view_renders_where_it_is_printed(
    environment: jinja2.Environment,
) -> None:
    template = environment.from_string("{{ chip }}")
    made = template.render(chip=StatusChip(label="已收", tone="done"))
    called = environment.from_string('{{ ui.status_chip(label="已收", tone="done") }}').render()
    assert made == called


def test_translated_text_is_taken(environment: jinja2.Environment) -> None:
    shown = environment.from_string("{{ ui.status_chip(label=label) }}").render(
        label=lazystr("已收")
    )
    assert "<span>已收</span>" in shown


def test_body_of_a_call_is_markup_and_stays_so(environment: jinja2.Environment) -> None:
    source = '{% call ui.card(title="甲") %}<p>{{ word }}</p>{% endcall %}'
    shown = environment.from_string(source).render(word="<i>")
    assert "<p>&lt;i&gt;</p>" in shown


def test_text_given_as_body_is_escaped(environment: jinja2.Environment) -> None:
    shown = environment.from_string("{{ ui.card(body=word) }}").render(word="<script>")
    assert "<script>" not in shown
