"""Versions of a message: every old one is read as the newest, and the newest told as an old one.

An app knows the newest version of a type and nothing else. Between two neighbouring versions stand
pure functions: ``@upcasts`` reads the older as the newer, ``@downcasts`` says the newer in the
words of the older, or that it cannot.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

from xiezhi.contracts.messages import REGISTRY, Message

Older = TypeVar("Older", bound=Message)
Newer = TypeVar("Newer", bound=Message)
Cast = Callable[[Any], Message]


class CannotSay(Exception):
    """The older version has no words for this message."""


_UP: Final[dict[type[Message], Cast]] = {}
_DOWN: Final[dict[type[Message], Cast]] = {}


def upcasts(
    older: type[Older], newer: type[Newer]
) -> Callable[[Callable[[Older], Newer]], Callable[[Older], Newer]]:
    """Enter the function that reads ``older`` as ``newer``, its next version."""

    def enter(cast: Callable[[Older], Newer]) -> Callable[[Older], Newer]:
        _enter(_UP, older, cast, older, newer)
        return cast

    return enter


def downcasts(
    newer: type[Newer], older: type[Older]
) -> Callable[[Callable[[Newer], Older]], Callable[[Newer], Older]]:
    """Enter the function that says ``newer`` in the words of ``older``, the version before.

    It raises ``CannotSay`` when the older version would leave out something that counts.
    """

    def enter(cast: Callable[[Newer], Older]) -> Callable[[Newer], Older]:
        _enter(_DOWN, newer, cast, older, newer)
        return cast

    return enter


def _enter(
    table: dict[type[Message], Cast],
    source: type[Message],
    cast: Cast,
    older: type[Message],
    newer: type[Message],
) -> None:
    if (newer.TYPE, newer.VERSION) != (older.TYPE, older.VERSION + 1):
        msg = f"{older.__name__} and {newer.__name__} are no neighbours"
        raise ValueError(msg)
    if table.setdefault(source, cast) is not cast:
        msg = f"{source.__name__} is cast by two functions"
        raise ValueError(msg)


def forget_casts(*messages: type[Message]) -> None:
    """Take back the functions of these classes, for tests."""
    for each in messages:
        _UP.pop(each, None)
        _DOWN.pop(each, None)


def highest(message_type: str) -> int | None:
    """Return the newest version of a type that this release knows, if it knows the type."""
    return max((version for name, version in REGISTRY if name == message_type), default=None)


def upcast(message_type: str, version: int, body: Mapping[str, Any]) -> Message:
    """Read a body of any released version as the newest version of its type.

    Raises ``KeyError`` for a version that was never released, pydantic's ``ValidationError`` for
    a body that is not of its version, ``LookupError`` where a step between versions is missing.
    """
    message = REGISTRY[(message_type, version)].model_validate(body)
    newest = highest(message_type)
    while newest != message.VERSION:
        message = _step(_UP, message)
    return message


def downcast(message: Message, version: int) -> Message:
    """Say a message in the words of an older version of its type.

    Raises ``CannotSay`` when that version has no words for it, or no way leads there.
    """
    while version < message.VERSION:
        try:
            message = _step(_DOWN, message)
        except LookupError:
            raise CannotSay(f"{message.TYPE} version {message.VERSION - 1}") from None
    if version != message.VERSION:
        msg = f"{message.TYPE} version {message.VERSION} is no newer than {version}"
        raise CannotSay(msg)
    return message


def _step(table: Mapping[type[Message], Cast], message: Message) -> Message:
    cast = table.get(type(message))
    if cast is None:
        msg = f"no way leads from version {message.VERSION} of {message.TYPE}"
        raise LookupError(msg)
    return cast(message)


def dead_ends() -> list[tuple[str, int]]:
    """List released versions that cannot be read as the newest of their type."""
    return sorted(
        key for key, message in REGISTRY.items() if key[1] != highest(key[0]) and message not in _UP
    )
