"""Rates and time limits of the law stand in ``xiezhi.law`` and its data, nowhere else."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path

import pytest

import xiezhi

ROOT = Path(xiezhi.__path__[0])
PASSED_OVER = {"law", "tests", "migrations", "gallery", "schemas"}

# Place (path, or a folder with a slash) -> why its number is no number of the law.
RATES: dict[str, str] = {}
SPANS: dict[str, str] = {
    "exchange/limits.py": "how far from now no epoch of a site can lie",
    "exchange/watch/site_rules.py": "how long before its end a key is warned of",
    "operations/continuity/views.py": "how long a drill counts as fresh: the house's own habit",
    "foundation/db/operations.py": "how many partitions are made ahead",
    "security/keys/creation.py": "how long a key of a site is valid, set by its keeper",
    "service/calculators/declared/period.py": "how many days a short calendar shows",
    "sites/demo/": "the invented city has a made-up past",
    "sites/run/keys.py": "how long the keys of a demonstration are valid",
}
# Words that tell a person the rule beside a date which law has computed.
WORDS: dict[str, str] = {
    "casework/instruments/acceptance_notice.py": "the notice quotes the article in its own words",
    "service/desk/jinja2/desk/home.html": "before anything is filed there is no date to compute",
    "service/desk/jinja2/desk/matter.html": "the day of service is not known on this site",
    "service/desk/jinja2/desk/receipt.html": "stands beside the computed date",
    "service/desk/progress.py": "stands beside the computed date",
    "service/filing/jinja2/filing/start.html": "before anything is filed there is no date",
    "trial/filing/jinja2/filing/queue.html": "stands above the computed dates",
}

LEGAL_SPAN = re.compile(
    r"(?:[一二三四五六七八九十百]+|[0-9]+)(?:日|天|个月|个工作日|小时)(?:以?内|之内)"
)
COUNTING_NAME = re.compile(r"(?:^|_)(?:DAYS|MONTHS|WEEKS|WORKING_DAYS)(?:_|$)")
CALENDAR_WORDS = {"days", "weeks", "months", "years"}


def _rate(node: ast.AST) -> bool:
    """Tell a share of one hundred: a Decimal or a float between nought and one, but a cent."""
    if isinstance(node, ast.Call) and _name(node.func) == "Decimal" and node.args:
        return _share(node.args[0])
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult | ast.Div):
        return _float_share(node.left) or _float_share(node.right)
    return False


def _share(node: ast.expr) -> bool:
    if not isinstance(node, ast.Constant) or not isinstance(node.value, str | float):
        return False
    try:
        return 0 < Decimal(str(node.value)) < 1 and Decimal(str(node.value)) != Decimal("0.01")
    except InvalidOperation:
        return False


def _float_share(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, float) and 0 < node.value < 1


def _span(node: ast.AST) -> bool:
    """Tell a fixed number of days, weeks, months: in a timedelta, or in a constant named so."""
    if isinstance(node, ast.Call) and _name(node.func) in {"timedelta", "relativedelta"}:
        named = [word for word in node.keywords if word.arg in CALENDAR_WORDS]
        numbers = [word.value for word in named] + node.args[:1]
        return any(_whole(number) > 1 for number in numbers)
    if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        return _whole(node.value) > 1 and any(COUNTING_NAME.search(_name(t)) for t in targets)
    return False


def _whole(node: ast.expr) -> int:
    """Return the whole number an expression is made of, nought if it names anything."""
    try:
        value = ast.literal_eval(node)
    except ValueError:
        parts = [part for part in ast.walk(node) if isinstance(part, ast.Constant)]
        names = any(isinstance(part, ast.Name | ast.Call) for part in ast.walk(node))
        return 0 if names or not parts else 2
    return value if isinstance(value, int) else 0


def _name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _words(tree: ast.Module) -> Iterator[str]:
    """Return every text of a module that is no docstring."""
    said = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        if node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield node.value


@cache
def _modules() -> dict[str, ast.Module]:
    paths = [path for path in ROOT.rglob("*.py") if not PASSED_OVER & set(_parts(path))]
    return {path.relative_to(ROOT).as_posix(): ast.parse(path.read_text()) for path in paths}


@cache
def _pages() -> dict[str, str]:
    paths = [path for path in ROOT.rglob("*.html") if not PASSED_OVER & set(_parts(path))]
    return {path.relative_to(ROOT).as_posix(): path.read_text() for path in paths}


def _parts(path: Path) -> tuple[str, ...]:
    return path.relative_to(ROOT).parts


def _outside(found: dict[str, list[str]], allowed: dict[str, str]) -> dict[str, list[str]]:
    return {path: lines for path, lines in found.items() if not _allowed(path, allowed)}


def _allowed(path: str, allowed: dict[str, str]) -> bool:
    return any(path == place or (place[-1] == "/" and path.startswith(place)) for place in allowed)


@cache
def _in_code(sign: Callable[[ast.AST], bool]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for path, tree in _modules().items():
        for node in ast.walk(tree):
            if sign(node):
                found.setdefault(path, []).append(f"{ast.unparse(node)}")
    return found


@cache
def _in_words() -> dict[str, list[str]]:
    texts = {path: list(_words(tree)) for path, tree in _modules().items()}
    texts |= {path: [page] for path, page in _pages().items()}
    found = {
        path: [match[0] for text in said for match in LEGAL_SPAN.finditer(text)]
        for path, said in texts.items()
    }
    return {path: spans for path, spans in found.items() if spans}


def test_rates_stand_in_law() -> None:
    assert _outside(_in_code(_rate), RATES) == {}


def test_time_limits_stand_in_law() -> None:
    assert _outside(_in_code(_span), SPANS) == {}


def test_time_limits_are_not_written_into_words() -> None:
    assert _outside(_in_words(), WORDS) == {}


def test_allowed_places_still_need_their_leave() -> None:
    for allowed, found in (
        (RATES, _in_code(_rate)),
        (SPANS, _in_code(_span)),
        (WORDS, _in_words()),
    ):
        assert [
            place for place in allowed if not any(_allowed(p, {place: ""}) for p in found)
        ] == []


@pytest.mark.parametrize(
    ("code", "rate", "span"),
    [
        ('fee = amount * Decimal("0.025")', True, False),
        ("fee = amount * 0.009", True, False),
        ('x = amount.quantize(Decimal("0.01"))', False, False),
        ("end = start + timedelta(days=15)", False, True),
        ("end = start + timedelta(7)", False, True),
        ("end = start + timedelta(weeks=2)", False, True),
        ("end = start + relativedelta(months=+6)", False, True),
        ("REVIEW_DAYS = 7", False, True),
        ("REVIEW_DAYS: Final = 7", False, True),
        ("end = start + timedelta(days=1)", False, False),
        ("end = start + timedelta(days=rule.length)", False, False),
        ("AXES_LIMIT = 5", False, False),
    ],
)
def test_signs_are_seen(code: str, *, rate: bool, span: bool) -> None:
    nodes = list(ast.walk(ast.parse(code)))
    assert any(map(_rate, nodes)) is rate
    assert any(map(_span, nodes)) is span


@pytest.mark.parametrize("words", ["七日内决定", "15日内", "六个月内", "三个工作日内", "48小时内"])
def test_words_are_seen(words: str) -> None:
    assert LEGAL_SPAN.search(words)
