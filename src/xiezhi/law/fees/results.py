"""The answer of every fee question."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from xiezhi.law.results import Caution, Step


@dataclass(frozen=True, slots=True)
class FeeResult:
    """A fee: before halving, to be paid, and each line that led there.

    Units: yuan, rounded half up to one cent in ``gross`` and ``payable`` only.
    """

    kind: str
    label: str
    amount: Decimal | None
    on: date
    gross: Decimal
    payable: Decimal
    halved: bool
    steps: tuple[Step, ...]
    basis: str
    cautions: tuple[Caution, ...] = ()

    @property
    def value(self) -> Decimal:
        """Return what must be paid."""
        return self.payable
