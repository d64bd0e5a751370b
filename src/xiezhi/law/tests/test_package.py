"""The package as a whole: quick to import, typed, cited, free of frameworks, within limits."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import subprocess
import sys
import time
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from xiezhi import law
from xiezhi.law import fees, periods

ROOT = Path(law.__file__).parent
MODULES = [
    name for _, name, _ in pkgutil.walk_packages([str(ROOT)], "xiezhi.law.") if ".tests" not in name
]
SOURCES = [path for path in ROOT.rglob("*.py") if "tests" not in path.relative_to(ROOT).parts]
SUPPORT = {"parameters", "results"}  # no rule of law is in them


def test_every_public_module_is_reachable_from_the_package() -> None:
    for name in law.__all__:
        assert getattr(law, name) is not None
    with pytest.raises(AttributeError):
        law.astrology  # noqa: B018


@pytest.mark.parametrize("module", MODULES)
def test_every_public_function_cites_its_basis(module: str) -> None:
    loaded = importlib.import_module(module)
    if module.rpartition(".")[2] in SUPPORT:
        return
    for name, member in inspect.getmembers(loaded, _is_function):
        if not name.startswith("_") and member.__module__ == module:
            assert "Basis:" in (member.__doc__ or ""), f"{module}.{name}"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_files_are_short_typed_and_free_of_frameworks(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    assert text.count("\n") <= 300
    assert ast.get_docstring(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 60, node.name
            assert node.returns is not None, node.name
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            for name in names:
                assert name.split(".")[0] in {"xiezhi", *sys.stdlib_module_names}, name
                assert not name.startswith("xiezhi.") or name.startswith("xiezhi.law"), name


def test_no_clock_is_read_inside() -> None:
    for path in SOURCES:
        text = path.read_text(encoding="utf-8")
        for call in (".today(", ".now(", "time.time(", "perf_counter"):
            assert call not in text, path


def test_import_is_quick_and_reads_no_data() -> None:
    code = (
        "import time; start = time.process_time(); import xiezhi.law;"
        "print(time.process_time() - start);"
        "import sys; assert 'tomllib' not in sys.modules"
    )
    best = min(float(_run(code)) for _ in range(3))
    assert best < 0.05


def test_answers_are_quick() -> None:
    day, amount = date(2026, 2, 6), Decimal("1234567.89")
    assert _each(lambda: fees.acceptance_fee("property", amount, on=day)) < 0.001
    assert _each(lambda: periods.end_of("appeal-judgment", day)) < 0.001


def _is_function(member: object) -> bool:
    return inspect.isfunction(member) or hasattr(member, "cache_info")


def _run(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout


def _each(call: object) -> float:
    assert callable(call)
    best = 1.0
    for _ in range(5):
        start = time.process_time()
        for _ in range(100):
            call()
        best = min(best, (time.process_time() - start) / 100)
    return best
