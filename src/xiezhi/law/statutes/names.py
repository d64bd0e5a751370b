"""Full and short names of statutes and judicial interpretations."""

from __future__ import annotations

import re
from datetime import date

from xiezhi.law.parameters import derived, parameter

STATE = "中华人民共和国"
_ON = date(2024, 1, 1)
_MARKS = re.compile(r"\s+|[《》〈〉<>]")
_VERSION = re.compile(r"[（(][^（）()]*(?:修正|修订|\d{4})[^（）()]*[）)]$")


def full_name(name: str) -> str:
    """Return the full name of a statute; an unknown name comes back without its marks.

    Basis: 各法律、司法解释的标题；简称见 data/statutes.toml。
    """
    bare = _VERSION.sub("", _MARKS.sub("", name))
    return _by_name().get(bare, bare)


def short_name(name: str) -> str:
    """Return the shortest usual name that a reader will still recognise.

    Basis: 简称见 data/statutes.toml。
    """
    full = full_name(name)
    known = _names().get(full, [])
    return known[0] if known else full.removeprefix(STATE)


@derived
def all_names() -> tuple[str, ...]:
    """Return every known name without title marks, longest first.

    Basis: 简称见 data/statutes.toml。
    """
    return tuple(sorted(_by_name(), key=lambda name: (-len(name), name)))


@derived
def _names() -> dict[str, list[str]]:
    return dict(parameter("statutes", "names", _ON).value)


@derived
def _by_name() -> dict[str, str]:
    """Return every spelling (no marks, no spaces) with its full name."""
    found: dict[str, str] = {}
    for full, shorts in _names().items():
        bare = _MARKS.sub("", full)
        for spelling in (bare, bare.removeprefix("最高人民法院"), *shorts):
            found[spelling] = full
        if bare.startswith(STATE):
            found[bare.removeprefix(STATE)] = full
    return found
