"""The one JSON form of a refusal, for the interface and for the command."""

from __future__ import annotations

from collections.abc import Sequence

from xiezhi.service.calculators.answers import Json
from xiezhi.service.calculators.reading import Finding

UNPROCESSABLE = 422


def document(
    *,
    status: int,
    code: str,
    text: str,
    remedy: str = "",
    basis: str = "",
    findings: Sequence[Finding] = (),
) -> dict[str, Json]:
    """Return what is wrong, under which article, what to do, and on which fields."""
    return {
        "code": code,
        "text": text,
        "basis": basis,
        "remedy": remedy,
        "status": status,
        "findings": [
            {
                "field": finding.field,
                "label": finding.label,
                "code": finding.code,
                "text": finding.text,
                "basis": finding.basis,
                "remedy": finding.remedy,
            }
            for finding in findings
        ],
    }


def of(findings: Sequence[Finding]) -> dict[str, Json]:
    """Return the refusal of a question: its one finding, or how many there are."""
    if len(findings) == 1:
        one = findings[0]
        return document(
            status=UNPROCESSABLE,
            code=one.code,
            text=one.text,
            basis=one.basis,
            remedy=one.remedy,
            findings=findings,
        )
    return document(
        status=UNPROCESSABLE,
        code="input.findings",
        text=f"有{len(findings)}处需要修改。",
        remedy="请逐项核对后重新提交。",
        findings=findings,
    )
