"""The check finds each fault a template can have, and none in ours."""

from __future__ import annotations

import jinja2
import pytest

from xiezhi.foundation.pages.checks import check_templates
from xiezhi.foundation.pages.factory import environment as make


def findings(source: str) -> list[str]:
    loader = jinja2.DictLoader(
        {"page.html": source, "base.html": "{% block content %}{% endblock %}"}
    )
    return [finding.message for finding in check_templates(make(loader=loader))]


def test_our_templates_have_no_fault(environment: jinja2.Environment) -> None:
    assert check_templates(environment) == []


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("{% if %}", "does not compile: Expected an expression, got 'end of statement block'"),
        ("{{ day | dat }}", "does not compile: No filter named 'dat'."),
        ('{% extends "nowhere.html" %}', "there is no template 'nowhere.html'"),
        ('{% include "nowhere.html" %}', "there is no template 'nowhere.html'"),
        ('{% extends "base.html" if x else "none.html" %}', "there is no template 'none.html'"),
        ('{% from "none.html" import x %}', "there is no template 'none.html'"),
        ("<script>alert(1)</script>", "inline script is not allowed"),
        ("<style>p{}</style>", "inline style sheet is not allowed"),
        ('<p class="{{ a }}" style="color:red">', "style attribute is not allowed"),
        ("<a onclick='x()'>", "event attribute is not allowed"),
        ('<a hx-on:click="x()">', "hx-on attribute is not allowed"),
        ('<a href="javascript:x()">', "javascript: address is not allowed"),
        ("{{ word | safe }}", "filter 'safe' goes around the escaping"),
        ("{% autoescape false %}{{ a }}{% endautoescape %}", "escaping is not switched off"),
        ('{{ icon("unicorn") }}', "there is no icon 'unicorn'"),
        ('{{ static("foundation/none.css") }}', "there is no static file 'foundation/none.css'"),
        ('{{ url("pages:none") }}', "there is no address named 'pages:none'"),
        ('{{ url("pages:display", 3) }}', "address 'pages:display' takes ()"),
        ("{{ ui.nothing() }}", "there is no component ui.nothing"),
        ("{{ ui.status_chip() }}", "ui.status_chip: argument 'label' is missing"),
        ('{{ ui.status_chip(label=x, hue="red") }}', "ui.status_chip: there is no argument 'hue'"),
        ("{{ ui.status_chip(label=3) }}", "ui.status_chip: label: Input should be a valid string"),
        (
            '{{ ui.status_chip(label="甲", tone="red") }}',
            "ui.status_chip: tone: Input should be 'plain', 'lead', 'wait', 'done' or 'alarm'",
        ),
        (
            '{{ ui.button(label="印", icon="unicorn") }}',
            "ui.button: icon: there is no icon 'unicorn'",
        ),
        ("{% call ui.card() %}甲{% endcall %}", ""),
        ('{% call ui.status_chip(label="甲") %}乙{% endcall %}', "ui.status_chip takes no body"),
        ('{{ ui.card(title="甲") }}', "ui.card: argument 'body' is missing"),
        (
            '{{ ui.status_chip("甲", label="乙") }}',
            "ui.status_chip: arguments are given by keyword",
        ),
    ],
)
def test_check_finds_the_fault(source: str, message: str) -> None:
    assert findings(source) == ([message] if message else [])


def test_check_says_where() -> None:
    loader = jinja2.DictLoader({"a/page.html": "<p>\n{# 注 #}\n<p style='x'>"})
    assert [str(finding) for finding in check_templates(make(loader=loader))] == [
        "a/page.html:3: style attribute is not allowed"
    ]


def test_check_passes_words_that_only_look_like_faults() -> None:
    assert (
        findings("{# <script>x</script> #}{% set style = 1 %}<p>option = on = style = x</p>") == []
    )
