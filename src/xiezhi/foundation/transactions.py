"""One transaction per request or job, which tells the database who acts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection, transaction

from xiezhi.foundation.actors import Actor

_current: ContextVar[Actor | None] = ContextVar("xiezhi_actor", default=None)

_BIND = (
    "SELECT set_config('xiezhi.actor_kind', %s, true), set_config('xiezhi.actor_id', %s, true), "
    "set_config('xiezhi.unit_id', %s, true), set_config('xiezhi.purpose', %s, true)"
)


def current_actor() -> Actor | None:
    """Return who the open transaction acts for, or nothing outside one."""
    return _current.get()


def _bind(actor: Actor | None) -> None:
    values = ("", "", "", "")
    if actor is not None:
        account = str(actor.account_id) if actor.account_id else ""
        values = (str(actor.kind), account, actor.unit_id, actor.purpose)
    with connection.cursor() as cursor:
        cursor.execute(_BIND, values)


@contextmanager
def acting(actor: Actor) -> Iterator[None]:
    """Open a transaction (or a savepoint) in which the database acts for ``actor``.

    Row-level security reads the settings made here. They are local to the transaction: outside
    one the app role sees no row of a protected table. Nested use restores the outer actor.
    """
    before = _current.get()
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        _bind(actor)
        token = _current.set(actor)
        try:
            yield
        finally:
            _current.reset(token)
        # What was set is local to the transaction: with the outermost one it ends by itself.
        if not outermost and not connection.needs_rollback:
            _bind(before)


@contextmanager
def became(actor: Actor) -> Iterator[None]:
    """Go on in the same transaction as ``actor``, once it is known who that is."""
    _bind(actor)
    token = _current.set(actor)
    try:
        yield
    finally:
        _current.reset(token)
