"""Check every template of the site that is configured."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import jinja2
from jinja2 import nodes

from xiezhi.foundation.pages.checks.addresses import Addresses, site_addresses
from xiezhi.foundation.pages.checks.calls import call_faults
from xiezhi.foundation.pages.checks.finding import Finding
from xiezhi.foundation.pages.checks.markup import markup_faults
from xiezhi.foundation.pages.rendering import jinja_environment

# Every node that names another template; each has the attribute ``template``.
_REFERENCES: Final = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)
_UNSAFE_FILTERS: Final = frozenset({"safe", "tojson", "xmlattr"})


def check_templates(environment: jinja2.Environment | None = None) -> list[Finding]:
    """Check every template that the environment can load, in order of their names.

    Without an argument it is the environment of Django's settings; a test gives its own.
    """
    chosen = environment or jinja_environment()
    addresses = site_addresses()
    found: list[Finding] = []
    for name in sorted(chosen.list_templates(filter_func=lambda name: name.endswith(".html"))):
        found += [Finding(name, line, fault) for line, fault in _faults(chosen, name, addresses)]
    return found


def _faults(
    environment: jinja2.Environment, name: str, addresses: Addresses | None
) -> Iterator[tuple[int, str]]:
    loader = environment.loader
    if loader is None:
        return
    source = loader.get_source(environment, name)[0]
    yield from markup_faults(source)
    try:
        # Compiling finds more than parsing: unknown filters and tests, misplaced blocks.
        environment.compile(source, name)
        tree = environment.parse(source, name)
    except jinja2.TemplateSyntaxError as error:
        yield error.lineno, f"does not compile: {error.message}"
        return
    yield from _reference_faults(environment, tree)
    yield from _escape_faults(tree)
    yield from call_faults(tree, addresses)


def _reference_faults(
    environment: jinja2.Environment, tree: nodes.Template
) -> Iterator[tuple[int, str]]:
    known = frozenset(environment.list_templates())
    for node in tree.find_all(_REFERENCES):
        for target in _targets(getattr(node, "template", None)):
            if target not in known:
                yield node.lineno, f"there is no template {target!r}"


def _targets(expression: nodes.Expr | None) -> Iterator[str]:
    if isinstance(expression, nodes.CondExpr):
        yield from _targets(expression.expr1)
        yield from _targets(expression.expr2)
    elif isinstance(expression, nodes.Const) and isinstance(expression.value, str):
        yield expression.value


def _escape_faults(tree: nodes.Template) -> Iterator[tuple[int, str]]:
    for node in tree.find_all(nodes.Filter):
        if node.name in _UNSAFE_FILTERS:
            yield node.lineno, f"filter {node.name!r} goes around the escaping"
    for scope in tree.find_all(nodes.ScopedEvalContextModifier):
        yield scope.lineno, "escaping is not switched off"
