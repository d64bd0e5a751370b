"""Kinds of application (申请), declared one per module and found by name."""

from __future__ import annotations

from xiezhi.contracts.kinds.registry import (
    ApplicationKind,
    MaterialCategory,
    UnknownKindError,
    discover,
    every,
    get,
    register,
)

__all__ = [
    "ApplicationKind",
    "MaterialCategory",
    "UnknownKindError",
    "discover",
    "every",
    "get",
    "register",
]
