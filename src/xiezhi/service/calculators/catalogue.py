"""All calculators, in the order in which the pages list them."""

from __future__ import annotations

from typing import Any

from xiezhi.service.calculators.declaration import Calculator
from xiezhi.service.calculators.declared.capitals import CAPITALS
from xiezhi.service.calculators.declared.case_number import CASE_NUMBER
from xiezhi.service.calculators.declared.fees import APPLICATION_FEE, FEE
from xiezhi.service.calculators.declared.id_number import ID
from xiezhi.service.calculators.declared.period import PERIOD
from xiezhi.service.calculators.declared.procedure import PROCEDURE

CALCULATORS: tuple[Calculator[Any], ...] = (
    FEE,
    APPLICATION_FEE,
    PERIOD,
    PROCEDURE,
    CAPITALS,
    CASE_NUMBER,
    ID,
)


def find(code: str) -> Calculator[Any] | None:
    """Return the calculator called ``code``."""
    return next((one for one in CALCULATORS if one.code == code), None)
