"""Litigation fees (诉讼费用): what must be paid, line by line, with the article of each line."""

from __future__ import annotations

from xiezhi.law.fees.acceptance import acceptance_fee
from xiezhi.law.fees.application import application_fee
from xiezhi.law.fees.results import FeeResult

__all__ = ["FeeResult", "acceptance_fee", "application_fee"]
