"""Litigation fees (诉讼费用): what must be paid, line by line, with the article of each line."""

from __future__ import annotations

from xiezhi.law.fees.acceptance import acceptance_fee
from xiezhi.law.fees.appeal import Prepayment, appeal_fees, prepayment, retrial_fee
from xiezhi.law.fees.application import application_fee
from xiezhi.law.fees.assistance import Relief, relief
from xiezhi.law.fees.bearing import Bearing, Split, split_by_result, who_bears
from xiezhi.law.fees.changes import (
    FeeChange,
    after_payment_order,
    on_claim_changed,
    on_conversion_to_ordinary,
    refund,
)
from xiezhi.law.fees.results import FeeResult
from xiezhi.law.fees.value import AmountInDispute, Claim, amount_in_dispute

__all__ = [
    "AmountInDispute",
    "Bearing",
    "Claim",
    "FeeChange",
    "FeeResult",
    "Prepayment",
    "Relief",
    "Split",
    "acceptance_fee",
    "after_payment_order",
    "amount_in_dispute",
    "appeal_fees",
    "application_fee",
    "on_claim_changed",
    "on_conversion_to_ordinary",
    "prepayment",
    "refund",
    "relief",
    "retrial_fee",
    "split_by_result",
    "who_bears",
]
