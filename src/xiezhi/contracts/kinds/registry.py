"""The registry of kinds: a new kind is a new module, never a change to an existing one."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import xiezhi.contracts.kinds as package

if TYPE_CHECKING:
    from xiezhi.contracts.forms import FormSpec
    from xiezhi.contracts.payloads import CaseDraft, Frozen


@dataclass(frozen=True, slots=True)
class MaterialCategory:
    """One kind of material (材料) that an application asks for."""

    code: str
    label: str
    required: bool
    help: str
    basis: str = ""


@dataclass(frozen=True, slots=True)
class ApplicationKind:
    """A kind of application: its name, its form, its payload, its materials, and what it opens.

    ``case`` derives the draft of the case; it is pure. A kind without it opens no case.
    """

    code: str
    name: str
    version: int
    payload: type[Frozen]
    form: FormSpec
    materials: tuple[MaterialCategory, ...]
    basis: str
    summary: str
    case: Callable[[Any], CaseDraft] | None = None

    def material(self, code: str) -> MaterialCategory:
        """Return the category called ``code``."""
        return next(category for category in self.materials if category.code == code)


class UnknownKindError(LookupError):
    """No kind bears this code."""


_KINDS: dict[str, ApplicationKind] = {}


def register(kind: ApplicationKind) -> ApplicationKind:
    """Add ``kind``; a second declaration of the same code is an error."""
    known = _KINDS.setdefault(kind.code, kind)
    if known is not kind and known != kind:
        msg = f"two kinds bear the code {kind.code}"
        raise ValueError(msg)
    return kind


def discover() -> None:
    """Import every module of ``xiezhi.contracts.kinds``; apps add theirs in their ``kinds.py``."""
    for module in pkgutil.iter_modules(package.__path__):
        if module.name != "registry":
            importlib.import_module(f"{package.__name__}.{module.name}")


def get(code: str) -> ApplicationKind:
    """Return the kind called ``code``. Raises :class:`UnknownKindError`."""
    discover()
    try:
        return _KINDS[code]
    except KeyError:
        raise UnknownKindError(code) from None


def every() -> tuple[ApplicationKind, ...]:
    """List all kinds by code."""
    discover()
    return tuple(_KINDS[code] for code in sorted(_KINDS))
