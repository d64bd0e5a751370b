"""A finding: what is wrong with one field, in plain Chinese, with the article."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend, and where.

    ``section`` is a section of the form, ``materials`` or ``consent``; ``index`` counts the items
    of a repeated section; an empty ``field`` means the item or the section as a whole.
    """

    section: str
    label: str
    message: str
    field: str = ""
    index: int | None = None
    basis: str = ""

    @property
    def name(self) -> str:
        """Name the input that the finding is about."""
        parts = (self.section, self.index, self.field)
        return "-".join(str(part) for part in parts if part not in ("", None))
