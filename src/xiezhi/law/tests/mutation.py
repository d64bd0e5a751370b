"""Mutation testing of fees and periods: change one thing, and see whether a test notices.

Run as ``python -m xiezhi.law.tests.mutation``. Each mutant lives in a forked child that
loads the changed module in place of the real one and runs the tests of its file.
"""

from __future__ import annotations

import ast
import copy
import importlib.abc
import importlib.machinery
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType

import hypothesis  # noqa: F401  # loaded once, so that no child loads it again
import pytest

LAW = Path(__file__).parents[1]
TESTS = LAW / "tests"
TARGETS: dict[str, tuple[str, ...]] = {
    "periods.py": ("test_periods.py", "test_oracle.py", "test_period_edges.py"),
    "period_rules.py": ("test_periods.py", "test_oracle.py"),
    "dates.py": ("test_periods.py", "test_oracle.py", "test_period_edges.py"),
    "fees/schedule.py": ("test_fees.py",),
    "fees/acceptance.py": ("test_fees.py", "test_fee_details.py"),
    "fees/application.py": ("test_fees.py", "test_fee_details.py"),
    "fees/appeal.py": ("test_fee_rules.py",),
    "fees/value.py": ("test_fee_value.py", "test_fee_sums.py"),
    "fees/sums.py": ("test_fee_sums.py",),
    "fees/changes.py": ("test_fee_rules.py", "test_fee_details.py"),
    "fees/bearing.py": ("test_fee_rules.py", "test_fee_details.py", "test_fee_sums.py"),
    "fees/assistance.py": ("test_fee_rules.py", "test_fee_details.py"),
}
NEEDED = 0.9
# Mutants that change nothing anybody could see: file, text of the line, change, why.
EQUAL = (
    ("periods.py", "length < found.length", "Lt to LtE", "an equal length has returned before"),
    ("periods.py", "length > found.length", "Gt to GtE", "an equal length has returned before"),
    ("periods.py", "length=0,", "0 to 1", "a counted period always brings its own length"),
    ("fees/schedule.py", 'row.get("rate", 0)', "0 to 1", "a fixed bracket has no rate"),
    ("fees/bearing.py", "quantize(Decimal(1)", "1 to 2", "only the exponent counts"),
)
_LIMIT = 60
_SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mutant:
    """One changed module: where, what, and its tree."""

    file: str
    line: int
    change: str
    tree: ast.Module


def mutants(file: str) -> Iterator[Mutant]:
    """Yield every mutant of a file: swapped operators, moved numbers, flipped truths."""
    tree = ast.parse((LAW / file).read_text(encoding="utf-8"))
    passed_over = {id(part) for node in ast.walk(tree) for part in _decoration(node)}
    for index, node in enumerate(ast.walk(tree)):
        if id(node) in passed_over:
            continue
        for change, apply in _changes(node):
            copied = copy.deepcopy(tree)
            apply(list(ast.walk(copied))[index])
            line = int(getattr(node, "lineno", 0))
            yield Mutant(file, line, change, ast.fix_missing_locations(copied))


def _decoration(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the parts of decorators: whether a result is frozen is no rule of law."""
    for decorator in getattr(node, "decorator_list", ()):
        yield from ast.walk(decorator)


def _changes(node: ast.AST) -> Iterator[tuple[str, Callable[[ast.AST], None]]]:
    if isinstance(node, ast.Compare | ast.BoolOp | ast.BinOp | ast.AugAssign):
        operator = node.ops[0] if isinstance(node, ast.Compare) else node.op
        new = _SWAPS.get(type(operator))
        if new is not None and not _joins_types(node):
            yield f"{type(operator).__name__} to {new.__name__}", _swapper(new)
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield f"{node.value} to {not node.value}", _setter(not node.value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, int):
        yield f"{node.value} to {node.value + 1}", _setter(node.value + 1)
    elif isinstance(node, ast.If | ast.IfExp):
        yield "condition negated", _negate
    elif isinstance(node, ast.Return) and not _is_nothing(node.value):
        yield "returns nothing", _forget


def _is_nothing(value: ast.expr | None) -> bool:
    return value is None or (isinstance(value, ast.Constant) and value.value is None)


def _joins_types(node: ast.AST) -> bool:
    """Tell a union of types, which no test can see."""
    return isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr)


def _swapper(new: type[ast.AST]) -> Callable[[ast.AST], None]:
    def apply(node: ast.AST) -> None:
        if isinstance(node, ast.Compare):
            node.ops[0] = new()  # type: ignore[call-overload]
        else:
            node.op = new()  # type: ignore[attr-defined]

    return apply


def _setter(value: int) -> Callable[[ast.AST], None]:
    def apply(node: ast.AST) -> None:
        node.value = value  # type: ignore[attr-defined]

    return apply


def _negate(node: ast.AST) -> None:
    node.test = ast.UnaryOp(ast.Not(), node.test)  # type: ignore[attr-defined]


def _forget(node: ast.AST) -> None:
    node.value = ast.Constant(None)  # type: ignore[attr-defined]


class _Loader(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Load one module from a changed tree and leave all others alone."""

    def __init__(self, name: str, mutant: Mutant) -> None:
        self.name = name
        self.mutant = mutant

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        del path, target
        if fullname != self.name:
            return None
        return ModuleSpec(fullname, self, origin=str(LAW / self.mutant.file))

    def exec_module(self, module: ModuleType) -> None:
        code = compile(self.mutant.tree, str(LAW / self.mutant.file), "exec")
        exec(code, module.__dict__)  # noqa: S102


def survives(mutant: Mutant) -> bool:
    """Tell whether all tests of a mutant's file pass in spite of it."""
    child = os.fork()
    if child == 0:
        os._exit(_run(mutant))
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) == 0


def _run(mutant: Mutant) -> int:
    signal.alarm(_LIMIT)  # a mutant that never ends is noticed
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    name = "xiezhi.law." + mutant.file.removesuffix(".py").replace("/", ".")
    sys.meta_path.insert(0, _Loader(name, mutant))
    paths = [str(TESTS / test) for test in TARGETS[mutant.file]]
    options = ["-x", "-q", "-c", os.devnull, "--noconftest", "-W", "ignore", "-k", "not many"]
    for plugin in ("cacheprovider", "randomly", "django", "xdist"):
        options += ["-p", f"no:{plugin}"]
    return 0 if pytest.main([*options, *paths]) == 0 else 1


def _explained(mutant: Mutant) -> str:
    """Return why a mutant is no change at all, or an empty text."""
    line = (LAW / mutant.file).read_text(encoding="utf-8").splitlines()[mutant.line - 1]
    for file, text, change, why in EQUAL:
        if (file, change) == (mutant.file, mutant.change) and text in line:
            return why
    return ""


def main() -> int:
    """Try every mutant, print the survivors, and fail below the share that must be killed."""
    killed = total = 0
    for file in TARGETS:
        for mutant in mutants(file):
            if why := _explained(mutant):
                print(f"equal: {mutant.file}:{mutant.line} {mutant.change}: {why}")  # noqa: T201
                continue
            total += 1
            if survives(mutant):
                print(f"survived: {mutant.file}:{mutant.line} {mutant.change}", flush=True)  # noqa: T201
            else:
                killed += 1
    print(f"killed {killed} of {total}, {killed / total:.1%}")  # noqa: T201
    return 0 if killed >= NEEDED * total else 1


if __name__ == "__main__":
    sys.exit(main())
