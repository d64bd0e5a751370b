"""Forms as data: sections of fields for the portal's wizard and the court's review page."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class FieldType(StrEnum):
    """How a field is typed in and shown."""

    TEXT = "text"
    TEXTAREA = "textarea"
    SELECT = "select"
    RADIO = "radio"
    CHECKBOX = "checkbox"
    DATE = "date"
    MONEY = "money"
    ID_NUMBER = "id_number"
    PHONE = "phone"
    COURT = "court"


@dataclass(frozen=True, slots=True)
class Choice:
    """One value that may be chosen, with its wording."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field: what it is called, how it is helped, under which article it is asked.

    ``confidential`` fields are masked wherever they are not needed in full.
    ``shown_if`` names another field of the same section and the values under which to ask this.
    ``past`` marks a date that must have come already, on the day of filling in.
    """

    name: str
    label: str
    type: FieldType = FieldType.TEXT
    required: bool = True
    help: str = ""
    basis: str = ""
    choices: tuple[Choice, ...] = ()
    max_length: int = 200
    confidential: bool = False
    placeholder: str = ""
    shown_if: tuple[str, tuple[str, ...]] | None = None
    autocomplete: str = ""
    past: bool = False


@dataclass(frozen=True, slots=True)
class SectionSpec:
    """One step of the form. A repeated section is a list of the same fields in the payload."""

    name: str
    title: str
    fields: tuple[FieldSpec, ...]
    intro: str = ""
    basis: str = ""
    repeated: bool = False
    at_least: int = 1
    at_most: int = 1
    item_label: str = ""


@dataclass(frozen=True, slots=True)
class FormSpec:
    """A whole form. Payload shape: ``{section: {field: value}}``, or a list where repeated."""

    sections: tuple[SectionSpec, ...]
    _index: dict[str, SectionSpec] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        """Index the sections and check that names are unique."""
        self._index.update({section.name: section for section in self.sections})
        if len(self._index) != len(self.sections):
            msg = "two sections bear the same name"
            raise ValueError(msg)

    def __getitem__(self, name: str) -> SectionSpec:
        """Return the section called ``name``."""
        return self._index[name]
