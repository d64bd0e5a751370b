"""The shape of code that every file keeps, or says here why it does not."""

import ast
from collections.abc import Iterator

from tests.house.sources import Source, dotted, listed, product, sources

FILE_LIMIT = 300
FUNCTION_LIMIT = 60
LONG_FILES: dict[str, str] = {
    "src/xiezhi/exchange/ferry.py": "a program that runs alone, on a machine that has nothing else",
}
"""Path of a longer file -> why it cannot be two."""
LONG_FUNCTIONS: dict[str, str] = {}
"""``path:function`` of a longer function -> why it cannot be two."""

CLOCKS = {
    *("timezone.now", "datetime.now", "datetime.utcnow", "datetime.datetime.now"),
    *("date.today", "datetime.date.today", "datetime.today"),
}
TODAYS = {"timezone.localdate", "timezone.localtime"}  # clocks only when no instant is given
CLOCK_READERS: dict[str, str] = {
    "src/xiezhi/exchange/ferry.py": "a program of its own says what its own clock shows",
    "src/xiezhi/sites/": "commands and menus stand where views stand: at the edge",
    "src/xiezhi/exchange/management/": "a command of the operator, at the edge",
    "src/xiezhi/security/custody/management/": "a command of the operator, at the edge",
    "src/xiezhi/operations/continuity/management/": "commands of the operator, at the edge",
    "src/xiezhi/files/incidents.py": "an incident is noticed while reading, which has no instant",
    "src/xiezhi/identity/operators/management/": "a command of the operator, at the edge",
    "src/xiezhi/identity/operators/sessions.py": "who asks is settled before the view runs",
    "src/xiezhi/identity/staff/sessions.py": "who asks is settled before the view runs",
    "src/xiezhi/security/audit/actions/audit_refusal.py": "what was rolled back has no instant",
}
"""Path, or folder with a slash, that may read the clock outside of views -> why."""

MOVERS: dict[str, str] = {
    "src/xiezhi/exchange/actions/take_receipt.py": "all parcels of one receipt in one statement",
}
"""Path of an act that moves many rows by one query -> why."""
LOOSE_ACTS: dict[str, str] = {
    "src/xiezhi/exchange/actions/": "the exchange acts for nobody: the envelope names who acted",
    "src/xiezhi/files/actions/rewrap_keys.py:": "key rotation concerns no person and no date",
    "src/xiezhi/directory/actions/load_courts.py:": "a data file is the truth, nobody acts",
    "src/xiezhi/service/desk/actions/take_delivery.py:": "the instant is the exchange's own record",
}
"""``path:function``, or a beginning of it, of an act without an actor or an instant -> why."""
CROWDED_ACTS: dict[str, str] = {
    "src/xiezhi/casework/actions/disclose.py": "to disclose, now or when the waiting is over",
    "src/xiezhi/casework/actions/issue_number.py": "a number and its voiding share the counter",
    "src/xiezhi/identity/staff/actions/appoint.py": "a post begins and ends in one register",
    "src/xiezhi/service/desk/actions/apply_court_acts.py": "one projection of the court's messages",
}
"""Path of a file with several acts -> why they are one."""
HOOKED: dict[str, str] = {
    "src/xiezhi/security/fields/blind_index.py": "a derived column must never miss a write",
}
"""Path of a file that listens to the ORM -> why."""
EMPTY_ACTS: dict[str, str] = {
    "src/xiezhi/exchange/actions/quarantine.py": "its caller's transaction was rolled back",
    "src/xiezhi/exchange/actions/receive.py": "each outcome is a transaction of its own",
    "src/xiezhi/files/actions/sweep_store.py": "removes files, no rows",
    "src/xiezhi/security/audit/actions/audit_event.py": "belongs to the act that it audits",
    "src/xiezhi/security/audit/actions/audit_refusal.py": "opens one through acting()",
}
"""Path of a file below actions/ that opens no transaction itself -> why."""

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

    assert not silent, listed(silent)


def test_names_say_what_is_inside() -> None:
    empty = [s.path for s in sources() if EMPTY_WORDS & {p.removesuffix(".py") for p in s.parts}]

    assert not empty, listed(empty)


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

    caught = {path for path in writers if not path.endswith("/actions/_move.py")}
    assert not caught, listed(caught)


def test_no_query_moves_a_state() -> None:
    movers = {
        source.path
        for source in product()
        for call in calls(source)
        if isinstance(call.func, ast.Attribute)
        if call.func.attr in {"update", "bulk_update"}
        if any(word.arg == "state" for word in call.keywords)
    }

    caught = {path for path in movers if not path.endswith("/actions/_move.py")}
    caught -= set(MOVERS)
    assert not caught, listed(caught)


def is_view(source: Source) -> bool:
    return bool({"views", "views.py", "api", "api.py"} & set(source.parts))


def test_views_leave_tables_to_queries() -> None:
    touching = {
        source.path
        for source in product()
        if is_view(source)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Attribute) and node.attr in {"objects", "atomic", "save"}
    }

    assert not touching, listed(touching)


def foreign_models(source: Source) -> set[str]:
    """Return the names of models that the file imports from another app."""
    return {
        alias.asname or alias.name
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ImportFrom) and node.module
        for app, _, rest in [node.module.partition(".models")]
        if app != node.module and not rest.strip(".").count(".")
        if not source.path.startswith(f"src/{app.replace('.', '/')}/")
        for alias in node.names
    }


def test_tables_belong_to_their_app() -> None:
    reaching = {
        f"{source.path}:{node.value.id}.objects"
        for source in product()
        if not source.path.startswith("src/xiezhi/sites/demo/")  # it builds what people would
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Attribute) and node.attr == "objects"
        if isinstance(node.value, ast.Name) and node.value.id in foreign_models(source)
    }

    assert not reaching, listed(reaching)


def is_act_file(source: Source) -> bool:
    return source.parts[-2] == "actions" and not source.parts[-1].startswith("_")


def acts(source: Source) -> list[Function]:
    """Return the acts of a file: its public functions that open a transaction."""
    nodes = (node for node in source.tree.body if isinstance(node, Function))
    return [
        node
        for node in nodes
        if not node.name.startswith("_")
        if "atomic" in {dotted(d).rpartition(".")[2] for d in node.decorator_list}
    ]


def test_an_act_takes_keywords_an_actor_and_an_instant() -> None:
    loose = {
        f"{source.path}:{node.name}"
        for source in product()
        if is_act_file(source)
        for node in acts(source)
        if node.args.args or {"actor", "at"} - {a.arg for a in node.args.kwonlyargs}
    }
    caught = {name for name in loose if not name.startswith(tuple(LOOSE_ACTS))}
    assert not caught, listed(caught)


def test_one_act_per_file() -> None:
    files = [s for s in product() if is_act_file(s)]
    crowded = {s.path for s in files if len(acts(s)) > 1} - set(CROWDED_ACTS)
    empty = {s.path for s in files if not acts(s)} - set(EMPTY_ACTS)

    assert not crowded | empty, listed(crowded | empty)


def test_the_clock_is_read_in_views_only() -> None:
    readers = {
        source.path
        for source in product()
        if not is_view(source)
        for call in calls(source)
        if dotted(call.func) in CLOCKS or (dotted(call.func) in TODAYS and not call.args)
        if not any(source.path.startswith(place) for place in CLOCK_READERS)
    }

    assert not readers, listed(readers)


def test_rules_live_in_acts_not_in_hooks_of_the_orm() -> None:
    hooked = {
        source.path
        for source in product()
        for node in functions(source)
        if node.name == "save" and {"models", "models.py"} & set(source.parts)
    }
    signalled = {s.path for s in product() if "django.db.models.signals" in s.text} - set(HOOKED)

    assert not hooked | signalled, listed(hooked | signalled)


def test_tests_neither_sleep_nor_replace_parts_of_the_house() -> None:
    replacing = {"mock.patch", "unittest.mock.patch", "MagicMock", "mock.MagicMock", "Mock"}
    sleepers = {s.path for s in sources() if is_test_file(s) and "time.sleep" in called(s)}
    replacers = {s.path for s in sources() if s.is_test and replacing & called(s)}

    assert not sleepers | replacers, listed(sleepers | replacers)


def is_test_file(source: Source) -> bool:
    """Return whether the file holds tests; a harness may poll for what it started."""
    return source.parts[-1].startswith("test_")


def called(source: Source) -> set[str]:
    return {dotted(call.func) for call in calls(source)}


def _calls_in(node: Function) -> Iterator[ast.Call]:
    return (inner for inner in ast.walk(node) if isinstance(inner, ast.Call))
