"""The receipt of a submission: its number and its digest."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import rfc8785

from xiezhi.contracts.messages import ApplicationSubmitted
from xiezhi.law.periods import end_of
from xiezhi.security.algorithms import digest

SHANGHAI = ZoneInfo("Asia/Shanghai")
GROUP, LENGTH = 4, 12
# Crockford's letters: no I, L, O, U, which are misread or misheard.
_SPOKEN = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "0123456789ABCDEFGHJKMNPQRSTVWXYZ")


def receipt_number(application_id: UUID, submitted_at: datetime) -> str:
    """Give the number of a receipt: 收20260302-7K3M-9QXT-2H8R.

    Sixty bits of a digest of the application's id: it says nothing about the person or about how
    many filed before, and no counter can be doubled by a restore. The same application has the
    same number however often it is asked for.
    """
    letters = base64.b32encode(digest(b"xiezhi receipt|" + application_id.bytes)).decode()
    spoken = letters.translate(_SPOKEN)[:LENGTH]
    groups = "-".join(spoken[start : start + GROUP] for start in range(0, LENGTH, GROUP))
    return f"收{submitted_at.astimezone(SHANGHAI):%Y%m%d}-{groups}"


def submission_digest(message: ApplicationSubmitted) -> str:
    """Give the SM3 digest of what was submitted: form and materials, in canonical JSON.

    The message holds the digest of each material, so that one figure answers for everything; its
    random id keeps the digest from being guessed from known content.
    """
    return digest(rfc8785.dumps(message.model_dump(mode="json"))).hex()


def short(digest_text: str) -> Iterable[str]:
    """Split a digest into groups of eight, to be read aloud."""
    return [digest_text[start : start + 8] for start in range(0, len(digest_text), 8)]


def decide_by(submitted_at: datetime) -> date:
    """Give the day by which the court must decide, counted from the submission.

    The court confirms the day once it has received the materials; until then this is shown as
    the expected one. Basis: 民事诉讼法第一百二十六条.
    """
    return end_of(
        "filing-review", submitted_at.astimezone(SHANGHAI).date(), allow_unpublished=True
    ).end
