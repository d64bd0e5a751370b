"""State machines as data: a table of moves, checked when it is imported."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import TextChoices

from xiezhi.foundation.errors import Refusal
from xiezhi.foundation.permissions import Permission

S = TypeVar("S", bound=TextChoices)


class MoveRefused(Refusal):
    """The move does not leave the present state."""

    code = "machine.move-refused"
    text = "现在处于“{state}”，不能“{move}”。"
    remedy = "请刷新页面查看最新进展。"
    status = 409


@dataclass(frozen=True, slots=True)
class Move(Generic[S]):
    """One named arrow: who may take it, from where, to where, under which article."""

    name: str
    sources: frozenset[S]
    target: S
    permission: Permission
    basis: str
    label: str = ""


class Machine(Generic[S]):
    """A table of moves; a mistake in it is an error at import, not at run time."""

    def __init__(self, *, initial: S, final: frozenset[S], moves: Iterable[Move[S]]) -> None:
        """Check that every state is reached, final states are final and names are unique."""
        table = tuple(moves)
        self.initial, self.final = initial, final
        self.moves = {move.name: move for move in table}
        if len(self.moves) != len(table):
            msg = "two moves bear the same name"
            raise ValueError(msg)
        self._check()

    def take(self, name: str, state: S) -> Move[S]:
        """Return the move called ``name`` from ``state``. Refuses: :class:`MoveRefused`."""
        move = self.moves[name]
        if state not in move.sources:
            raise MoveRefused(move=move.label or name, state=state.label)
        return move

    def open_from(self, state: S) -> tuple[Move[S], ...]:
        """List the moves that leave ``state``; buttons and diagrams come from here."""
        return tuple(move for move in self.moves.values() if state in move.sources)

    def _check(self) -> None:
        reached, frontier = {self.initial}, [self.initial]
        while frontier:
            for move in self.open_from(frontier.pop()):
                if move.target not in reached:
                    reached.add(move.target)
                    frontier.append(move.target)
        if lost := set(type(self.initial)) - reached:
            msg = f"unreachable states: {sorted(lost)}"
            raise ValueError(msg)
        for state in type(self.initial):
            if bool(self.open_from(state)) == (state in self.final):
                msg = f"state {state} is final if and only if no move leaves it"
                raise ValueError(msg)
