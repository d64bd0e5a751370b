"""Dated parameters of the law, read from ``data/*.toml`` with their source and standing."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, cast

from xiezhi.law.errors import LawError

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
R = TypeVar("R")
DATA = Path(__file__).parent / "data"
ALWAYS = date.min
FOREVER = date.max
_KEYS = {"name", "scope", "from", "to", "source", "status", "note", "value"}
_local_directories: list[Path] = []
_clearing: list[Callable[[], None]] = []


class Status(StrEnum):
    """How far a parameter has been checked."""

    VERIFIED = "verified"
    SECONDARY = "secondary"
    MEMORY = "memory"
    CONVENTION = "convention"
    LOCAL = "local"

    @property
    def label(self) -> str:
        """Return the Chinese name of the standing."""
        return _STATUS_LABELS[self]


_STATUS_LABELS = {
    Status.VERIFIED: "已与条文核对",
    Status.SECONDARY: "已与公开转录核对",
    Status.MEMORY: "待核对",
    Status.CONVENTION: "工程约定，非法定",
    Status.LOCAL: "本地设定",
}


@dataclass(frozen=True, slots=True, eq=False)
class Parameter:
    """One value of one rule, with the days on which it applies (both included)."""

    file: str
    name: str
    scope: str
    since: date
    until: date
    source: str
    status: Status
    note: str
    value: Any

    def covers(self, on: date) -> bool:
        """Tell whether the parameter applies on a day."""
        return self.since <= on <= self.until


def parameter(file: str, name: str, on: date, *, scope: str = "") -> Parameter:
    """Return the parameter in force on a day.

    Refuses: ``LawError`` (``parameter.missing``) when nothing is recorded for that day.
    """
    for candidate in table(file).get((name, scope), ()):
        if candidate.covers(on):
            return candidate
    where = f"{name}（{scope}）" if scope else name
    raise LawError(
        f"没有录入{on.isoformat()}适用的规则参数“{where}”。",
        code="parameter.missing",
        remedy=f"请在 law/data/{file}.toml 中补充该日期的参数及其来源。",
    )


def has(file: str, name: str, on: date, *, scope: str = "") -> bool:
    """Tell whether a parameter is recorded for a day."""
    return any(found.covers(on) for found in table(file).get((name, scope), ()))


@cache
def table(file: str) -> dict[tuple[str, str], tuple[Parameter, ...]]:
    """Return all versions of all parameters of one file, newest first.

    Shape: ``(name, scope)`` to versions. A local directory comes before the package's own.
    """
    grouped: dict[tuple[str, str], list[Parameter]] = {}
    own = _read(DATA / f"{file}.toml", file)
    _refuse_overlap(own)
    for entry in own:
        grouped.setdefault((entry.name, entry.scope), []).append(entry)
    for directory in _local_directories:
        path = directory / f"{file}.toml"
        local = _read(path, file) if path.exists() else []
        _refuse_overlap(local)
        for entry in local:
            grouped.setdefault((entry.name, entry.scope), []).insert(0, entry)
    return {key: tuple(versions) for key, versions in grouped.items()}


def files() -> tuple[str, ...]:
    """Return the names of the data files."""
    return tuple(sorted(path.stem for path in DATA.glob("*.toml")))


def sources(*, every: bool = False) -> tuple[Parameter, ...]:
    """Return the parameters that nobody has checked against the official text.

    Shape: in the order of the files; ``every`` adds the verified ones.
    """
    found = [entry for file in files() for versions in table(file).values() for entry in versions]
    return tuple(e for e in found if every or e.status is not Status.VERIFIED)


def add_local_directory(path: Path) -> None:
    """Put a court's own parameter files before the package's, for the life of the process.

    Idempotence: adding the same directory twice changes nothing.
    """
    if path not in _local_directories:
        _local_directories.append(path)
        forget()


def remove_local_directory(path: Path) -> None:
    """Take a court's own parameter files away again."""
    if path in _local_directories:
        _local_directories.remove(path)
        forget()


def derived(function: Callable[P, R]) -> Callable[P, R]:
    """Cache a function whose result depends only on its arguments and the data files."""
    cached = cache(function)
    _clearing.append(cached.cache_clear)
    return cast("Callable[P, R]", cached)


def forget() -> None:
    """Drop everything read, so that changed files are read again."""
    table.cache_clear()
    for clear in _clearing:
        clear()


def _read(path: Path, file: str) -> list[Parameter]:
    with path.open("rb") as stream:
        raw = tomllib.load(stream, parse_float=Decimal)
    return [_entry(file, row) for row in raw.get("parameter", [])]


def _entry(file: str, row: dict[str, Any]) -> Parameter:
    if unknown := set(row) - _KEYS:
        raise ValueError(f"{file}: unknown keys {sorted(unknown)}")
    since, until = row["from"], row.get("to", FOREVER)
    if since > until or not row["source"]:
        raise ValueError(f"{file}: {row['name']} has no source or ends before it begins")
    return Parameter(
        file=file,
        name=row["name"],
        scope=row.get("scope", ""),
        since=since,
        until=until,
        source=row["source"],
        status=Status(row["status"]),
        note=row.get("note", ""),
        value=row["value"],
    )


def _refuse_overlap(entries: list[Parameter]) -> None:
    seen: dict[tuple[str, str], list[Parameter]] = {}
    for entry in entries:
        for other in seen.setdefault((entry.name, entry.scope), []):
            if entry.since <= other.until and other.since <= entry.until:
                raise ValueError(f"{entry.file}: two versions of {entry.name} on one day")
        seen[entry.name, entry.scope].append(entry)
