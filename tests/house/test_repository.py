"""What holds for the repository as a whole: packages, layers, words."""

import ast
import codecs
import configparser
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions

from tests.house.sources import CODE, ROOT, Source, listed, product, sources

_COMES_WITH = {"asgiref": "django", "markupsafe": "jinja2", "pydantic_core": "pydantic"}
"""Modules that are part of a declared package's own interface -> that package."""
_NAME = re.compile(r"[A-Za-z0-9._-]+")
_WALLS = {
    "service-wall": {"service", "openness"},
    "court-wall": {"casework", "trial", "enforcement", "management", "brain"},
    "law-is-pure": {"law", "engine", "merkle"},
}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def declared(*groups: str) -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = list(project["project"]["dependencies"])
    for group in groups:
        wanted += project["dependency-groups"][group]
    found = (_NAME.match(line) for line in wanted)
    return {normal(match[0]) for match in found if match}


def imported(source: Source) -> set[str]:
    names = set()
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.partition(".")[0])
    return names - set(sys.stdlib_module_names) - {"xiezhi", "tests", "conftest"}


def undeclared(kept: tuple[Source, ...], allowed: set[str]) -> set[str]:
    known = packages_distributions()
    return {
        f"{source.path}: {name}"
        for source in kept
        for name in imported(source)
        if not allowed
        & {normal(dist) for dist in (*known.get(name, ()), _COMES_WITH.get(name, ""))}
    }


def test_every_imported_package_is_declared() -> None:
    caught = undeclared(product(), declared()) | undeclared(sources(), declared("dev"))
    assert not caught, listed(caught)


def test_walls_name_every_package_they_are_for() -> None:
    config = configparser.ConfigParser()
    config.read(ROOT / ".importlinter")
    for contract, packages in _WALLS.items():
        listed = config[f"importlinter:contract:{contract}"]["source_modules"].split()
        there = {f"xiezhi.{name}" for name in packages if (CODE / name / "__init__.py").exists()}
        assert there <= set(listed), contract


def test_every_package_says_what_it_is() -> None:
    silent = {
        folder.relative_to(ROOT).as_posix()
        for folder in CODE.rglob("*")
        if folder.is_dir() and any(folder.glob("*.py"))
        if "__pycache__" not in folder.parts and not (folder / "__init__.py").exists()
    }

    assert not silent, listed(silent)


def test_the_repository_speaks_of_itself_alone() -> None:
    """Refuse folders of one machine and names of the tools somebody wrote with.

    The pattern is kept in ROT13, so that this file does not match it.
    """
    hidden = r"(pynhqr|naguebcvp|pungtcg|pbcvybg|\oYYZ frffvba\o|/(jbex|snez)/|\.yvoenel)"
    pattern = codecs.decode(hidden, "rot13")
    argv = ["git", "grep", "-nIiP", pattern, "--", ".", ":!uv.lock", ":!package-lock.json"]
    done = subprocess.run(argv, cwd=ROOT, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout) == (1, "")
