"""Changed copies of fees and periods must be noticed by their tests."""

from __future__ import annotations

import ast
import subprocess
import sys

import pytest

from xiezhi.law.tests import mutation


def test_mutants_are_real_changes() -> None:
    file = "fees/application.py"
    original = ast.unparse(ast.parse((mutation.LAW / file).read_text(encoding="utf-8")))
    found = list(mutation.mutants(file))
    assert found
    assert all(ast.unparse(one.tree) != original for one in found)


TRY = """
import ast
from xiezhi.law.tests.mutation import LAW, Mutant, survives
file = "fees/application.py"
tree = ast.parse((LAW / file).read_text(encoding="utf-8"))
print(survives(Mutant(file, 0, "nothing", tree)))
print(survives(Mutant(file, 0, "everything", ast.parse(""))))
"""


def test_an_unchanged_module_survives_and_a_broken_one_does_not() -> None:
    done = subprocess.run([sys.executable, "-c", TRY], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "False"]


@pytest.mark.soak
def test_at_least_nine_in_ten_mutants_are_killed() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "xiezhi.law.tests.mutation"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:]
