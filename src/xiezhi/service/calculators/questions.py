"""What a calculator asks, as data: one list for the page, the interface and the command."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How an answer is typed in and read."""

    TEXT = "text"
    MONEY = "money"
    NUMBER = "number"
    DATE = "date"
    TIME = "time"
    CHOICE = "choice"
    CHOICES = "choices"
    YES = "yes"
    ID_NUMBER = "id_number"


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that may be chosen, with its wording."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its name everywhere, its wording, its help and its article.

    ``confidential`` answers are read from a body or from standard input only, never from an
    address or a command line, and never stand in the answer. ``default`` is what is meant when
    nothing is said.
    """

    name: str
    label: str
    kind: Kind = Kind.TEXT
    required: bool = True
    help: str = ""
    basis: str = ""
    choices: tuple[Choice, ...] = ()
    max_length: int = 60
    unit: str = ""
    placeholder: str = ""
    default: str = ""
    confidential: bool = False

    def wording_of(self, value: str) -> str:
        """Return the words of a chosen value, or the value itself."""
        return next((choice.label for choice in self.choices if choice.value == value), value)
