"""The Python files of the house, parsed once."""

import ast
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CODE = ROOT / "src/xiezhi"


@dataclass(frozen=True)
class Source:
    """One file: its path from the root, its text and its syntax tree."""

    path: str
    text: str
    tree: ast.Module

    @property
    def parts(self) -> tuple[str, ...]:
        """Return the folders and the name of the file."""
        return tuple(self.path.split("/"))

    @property
    def is_test(self) -> bool:
        """Return whether the file belongs to tests."""
        return "tests" in self.parts or self.parts[-1] == "conftest.py"


@cache
def sources() -> tuple[Source, ...]:
    """Return every file of ours but the migrations, which have a check of their own."""
    found = [*CODE.rglob("*.py"), *(ROOT / "tests").rglob("*.py"), *(ROOT / "scripts").glob("*.py")]
    kept = sorted(path for path in found if "migrations" not in path.parts)
    return tuple(_read(path) for path in (ROOT / "conftest.py", *kept))


@cache
def migrations() -> tuple[Source, ...]:
    """Return the migrations of all apps."""
    return tuple(_read(path) for path in sorted(CODE.rglob("migrations/0*.py")))


def product() -> tuple[Source, ...]:
    """Return the files that run in production."""
    return tuple(s for s in sources() if s.parts[0] == "src" and not s.is_test)


def listed(found: Iterable[str]) -> str:
    """Return what was found, one to a line, for the message of a failed check."""
    return "".join(f"\n  {name}" for name in sorted(found))


def dotted(node: ast.expr) -> str:
    """Return ``a.b.c`` for a chain of names, and nothing for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        left = dotted(node.value)
        return f"{left}.{node.attr}" if left else ""
    return ""


def _read(path: Path) -> Source:
    text = path.read_text()
    return Source(path.relative_to(ROOT).as_posix(), text, ast.parse(text))
