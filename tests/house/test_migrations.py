"""Migrations expand first and contract later, for web and workers bear one release of skew."""

import ast
from collections.abc import Iterator

from tests.house.sources import dotted, listed, migrations

CONTRACTING = {"RemoveField", "DeleteModel", "RenameField", "RenameModel", "AlterModelTable"}
EXPLAINED: dict[str, str] = {}
"""``path:Operation(name)`` of a contracting step -> why no running code still needs what goes."""


def operations() -> Iterator[tuple[str, ast.Call]]:
    for source in migrations():
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Call) and dotted(node.func).startswith("migrations."):
                yield source.path, node


def words(call: ast.Call) -> dict[str, ast.expr]:
    return {word.arg: word.value for word in call.keywords if word.arg}


def is_true(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Constant) and node.value is True


def demands_a_value(operation: ast.Call) -> bool:
    """Return whether rows that old code writes would be refused for a missing value."""
    field = words(operation).get("field")
    if not isinstance(field, ast.Call):
        return False
    given = words(field)
    kind = dotted(field.func).rpartition(".")[2]
    return not (is_true(given.get("null")) or "db_default" in given or kind == "ManyToManyField")


def named(path: str, call: ast.Call) -> str:
    given = words(call)
    parts = [given.get(key) for key in ("model_name", "name", "old_name")]
    inside = ".".join(str(p.value) for p in parts if isinstance(p, ast.Constant))
    return f"{path}:{dotted(call.func).removeprefix('migrations.')}({inside})"


def test_nothing_goes_that_running_code_may_need() -> None:
    going = {
        named(path, call)
        for path, call in operations()
        if dotted(call.func).removeprefix("migrations.") in CONTRACTING
    }

    assert going == set(EXPLAINED)


def test_new_columns_have_a_value_for_old_code() -> None:
    demanding = {
        named(path, call)
        for path, call in operations()
        if dotted(call.func) in {"migrations.AddField", "migrations.AlterField"}
        if demands_a_value(call) and not path.endswith("0001_initial.py")
    }

    assert not demanding, listed(demanding)


def test_every_statement_says_how_it_is_undone_or_that_it_is_not() -> None:
    silent = {
        named(path, call)
        for path, call in operations()
        if dotted(call.func) in {"migrations.RunSQL", "migrations.RunPython"}
        if len(call.args) < 2 and not {"reverse_sql", "reverse_code"} & set(words(call))
    }

    assert not silent, listed(silent)
