"""The shape of code that every file keeps, or says here why it does not."""

import ast
from collections.abc import Iterator

from tests.house.sources import Source, dotted, product, sources

FILE_LIMIT = 300
FUNCTION_LIMIT = 60
LONG_FILES: dict[str, str] = {}
"""Path of a longer file -> why it cannot be two."""
LONG_FUNCTIONS: dict[str, str] = {}
"""``path:function`` of a longer function -> why it cannot be two."""

CLOCKS = {
    *("timezone.now", "datetime.now", "datetime.utcnow", "datetime.datetime.now"),
    *("timezone.localdate", "date.today", "datetime.date.today", "datetime.today"),
}
CLOCK_READERS: dict[str, str] = {
    "src/xiezhi/sites/run/": "the launcher stamps what the operator reads",
}
"""Path, or folder with a slash, that may read the clock outside of views -> why."""

EMPTY_WORDS = {"common", "utils", "util", "helpers", "misc", "tools", "stuff"}
Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(source: Source) -> Iterator[Function]:
    for node in ast.walk(source.tree):
        if isinstance(node, Function):
            yield node


def calls(source: Source) -> Iterator[ast.Call]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call):
            yield node


def test_files_stay_short() -> None:
    long = {s.path for s in sources() if s.text.count("\n") > FILE_LIMIT}

    assert long == set(LONG_FILES)


def test_functions_stay_short() -> None:
    long = {
        f"{source.path}:{node.name}"
        for source in sources()
        for node in functions(source)
        if (node.end_lineno or node.lineno) - node.lineno >= FUNCTION_LIMIT
    }

    assert long == set(LONG_FUNCTIONS)


def test_modules_open_with_one_sentence() -> None:
    silent = [s.path for s in product() if s.tree.body and not ast.get_docstring(s.tree)]

    assert silent == []


def test_names_say_what_is_inside() -> None:
    empty = [s.path for s in sources() if EMPTY_WORDS & {p.removesuffix(".py") for p in s.parts}]

    assert empty == []


def assigned(node: ast.AST) -> list[ast.expr]:
    if isinstance(node, ast.Assign):
        return node.targets
    return [node.target] if isinstance(node, ast.AnnAssign | ast.AugAssign) else []


def test_only_move_assigns_state() -> None:
    writers = {
        source.path
        for source in product()
        for node in ast.walk(source.tree)
        for target in assigned(node)
        if isinstance(target, ast.Attribute) and target.attr == "state"
        if not dotted(target).startswith("self.")
    }

    assert {path for path in writers if not path.endswith("/actions/_move.py")} == set()


def test_no_query_moves_a_state() -> None:
    movers = {
        source.path
        for source in product()
        for call in calls(source)
        if isinstance(call.func, ast.Attribute)
        if call.func.attr in {"update", "bulk_update"}
        if any(word.arg == "state" for word in call.keywords)
    }

    assert {path for path in movers if not path.endswith("/actions/_move.py")} == set()


def is_view(source: Source) -> bool:
    return "views" in source.parts or source.parts[-1] == "views.py"


def test_views_leave_tables_to_queries() -> None:
    touching = {
        source.path
        for source in product()
        if is_view(source)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Attribute) and node.attr in {"objects", "atomic", "save"}
    }

    assert touching == set()


def acts(source: Source) -> list[Function]:
    nodes = (node for node in source.tree.body if isinstance(node, Function))
    return [node for node in nodes if not node.name.startswith("_")]


def is_act(source: Source) -> bool:
    name = source.parts[-1]
    return source.parts[-2] == "actions" and not name.startswith("_")


def test_an_act_takes_keywords_an_actor_and_an_instant() -> None:
    loose = [
        f"{source.path}:{node.name}"
        for source in product()
        if is_act(source)
        for node in acts(source)
        if node.args.args or {"actor", "at"} - {a.arg for a in node.args.kwonlyargs}
    ]

    assert [name for name in loose if name not in LOOSE_ACTS] == []


LOOSE_ACTS: dict[str, str] = {}
"""``path:function`` of an act that needs no actor or instant -> why."""


def test_an_act_is_one_transaction() -> None:
    open_acts = [
        f"{source.path}:{node.name}"
        for source in product()
        if is_act(source)
        for node in acts(source)
        if "atomic" not in {dotted(d).rpartition(".")[2] for d in node.decorator_list}
        if "atomic" not in {dotted(c.func).rpartition(".")[2] for c in _calls_in(node)}
    ]

    assert [name for name in open_acts if name not in OPEN_ACTS] == []


OPEN_ACTS: dict[str, str] = {}
"""``path:function`` of an act that opens no transaction itself -> why."""


def test_one_act_per_file() -> None:
    crowded = [s.path for s in product() if is_act(s) and len(acts(s)) > 1]

    assert [path for path in crowded if path not in CROWDED_ACTS] == []


CROWDED_ACTS: dict[str, str] = {}
"""Path of a file with several acts -> why they are one."""


def test_the_clock_is_read_in_views_only() -> None:
    readers = {
        source.path
        for source in product()
        if not is_view(source)
        for call in calls(source)
        if dotted(call.func) in CLOCKS
        if not any(source.path.startswith(place) for place in CLOCK_READERS)
    }

    assert readers == set()


def test_rules_live_in_acts_not_in_hooks_of_the_orm() -> None:
    hooked = {
        source.path
        for source in product()
        for node in functions(source)
        if node.name == "save" and {"models", "models.py"} & set(source.parts)
    }
    signalled = {s.path for s in product() if "django.db.models.signals" in s.text}

    assert (hooked, signalled) == (set(), set())


def test_tests_neither_sleep_nor_replace_parts_of_the_house() -> None:
    replacing = {"mock.patch", "unittest.mock.patch", "MagicMock", "mock.MagicMock", "Mock"}
    sleepers = {s.path for s in sources() if is_test_file(s) and "time.sleep" in called(s)}
    replacers = {s.path for s in sources() if s.is_test and replacing & called(s)}

    assert (sleepers, replacers) == (set(), set())


def is_test_file(source: Source) -> bool:
    """Return whether the file holds tests; a harness may poll for what it started."""
    return source.parts[-1].startswith("test_")


def called(source: Source) -> set[str]:
    return {dotted(call.func) for call in calls(source)}


def _calls_in(node: Function) -> Iterator[ast.Call]:
    return (inner for inner in ast.walk(node) if isinstance(inner, ast.Call))
