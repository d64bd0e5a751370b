"""The one error of the law library: what is wrong, under which article, what to do."""

from __future__ import annotations


class LawError(Exception):
    """A question the rules cannot answer as it was put.

    ``reason`` is plain Chinese for the person who asked; ``basis`` is the article
    behind it; ``remedy`` says what to change; ``code`` is stable and dotted.
    """

    def __init__(self, reason: str, *, code: str, basis: str = "", remedy: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.code = code
        self.basis = basis
        self.remedy = remedy

    def __str__(self) -> str:
        """Return the reason with its article and remedy, ready to be shown."""
        basis = f"（依据：{self.basis}）" if self.basis else ""
        return f"{self.reason}{basis}{self.remedy}"
