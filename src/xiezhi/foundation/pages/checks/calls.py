"""Check every call of a component, an address, a file or an icon in a template."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any, Final, get_type_hints

from django.contrib.staticfiles import finders
from jinja2 import nodes
from pydantic import TypeAdapter, ValidationError

from xiezhi.foundation.pages.checks.addresses import Addresses, address_fault
from xiezhi.foundation.pages.components import COMPONENTS, ITEMS
from xiezhi.foundation.pages.icons import ICONS

_UNKNOWN: Final = object()


def _constant(node: nodes.Expr) -> object:
    try:
        value: object = node.as_const()
    except nodes.Impossible:
        return _UNKNOWN
    return value


def call_faults(tree: nodes.Template, addresses: Addresses | None) -> Iterator[tuple[int, str]]:
    """Yield line and fault of every call that cannot be right."""
    with_body = {id(block.call) for block in tree.find_all(nodes.CallBlock)}
    for call in tree.find_all(nodes.Call):
        for fault in _faults(call, addresses, has_body=id(call) in with_body):
            yield call.lineno, fault


def _faults(call: nodes.Call, addresses: Addresses | None, *, has_body: bool) -> Iterator[str]:
    called = call.node
    if isinstance(called, nodes.Getattr) and isinstance(called.node, nodes.Name):
        if called.node.name == "ui":
            yield from _component_faults(called.attr, call, has_body=has_body)
        return
    if not isinstance(called, nodes.Name) or not call.args:
        return
    first = _constant(call.args[0])
    if not isinstance(first, str):
        return
    if called.name == "icon" and first not in ICONS:
        yield f"there is no icon {first!r}"
    elif called.name == "static" and finders.find(first) is None:
        yield f"there is no static file {first!r}"
    elif called.name == "url" and addresses is not None:
        yield from _address_faults(addresses, first, call)


def _address_faults(addresses: Addresses, name: str, call: nodes.Call) -> Iterator[str]:
    if call.dyn_args is not None or call.dyn_kwargs is not None:
        return
    named = frozenset(pair.key for pair in call.kwargs)
    fault = address_fault(addresses, name, len(call.args) - 1, named)
    if fault is not None:
        yield fault


def _component_faults(name: str, call: nodes.Call, *, has_body: bool) -> Iterator[str]:
    cls = COMPONENTS.get(name) or ITEMS.get(name)
    if cls is None:
        yield f"there is no component ui.{name}"
        return
    if call.args or call.dyn_args is not None:
        yield f"ui.{name}: arguments are given by keyword"
    hints = get_type_hints(cls, include_extras=True)
    fields = {field.name: field for field in dataclasses.fields(cls)}  # type: ignore[arg-type]
    given = {pair.key: pair.value for pair in call.kwargs}
    for key in sorted(given.keys() - fields.keys()):
        yield f"ui.{name}: there is no argument {key!r}"
    required = {key for key, field in fields.items() if field.default is dataclasses.MISSING}
    filled = given.keys() | ({"body"} if has_body else set())
    if call.dyn_kwargs is None:
        for key in sorted(required - filled):
            yield f"ui.{name}: argument {key!r} is missing"
    if has_body and "body" not in fields:
        yield f"ui.{name} takes no body"
    for key in sorted(given.keys() & fields.keys()):
        yield from _value_faults(f"ui.{name}: {key}", key, hints[key], _constant(given[key]))


def _value_faults(where: str, key: str, hint: Any, value: object) -> Iterator[str]:
    if value is _UNKNOWN:
        return
    if key == "icon" and value and value not in ICONS:
        yield f"{where}: there is no icon {value!r}"
    adapter: TypeAdapter[object] = TypeAdapter(hint)
    try:
        adapter.validate_python(value, strict=True)
    except ValidationError as error:
        yield f"{where}: {error.errors()[0]['msg']}"
