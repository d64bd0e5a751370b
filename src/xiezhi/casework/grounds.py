"""Grounds for refusing a complaint (不予受理的事由), each with its article."""

from __future__ import annotations

from dataclasses import dataclass

from xiezhi.casework.articles import CPL_122, CPL_127, CPL_INTERPRETATION


@dataclass(frozen=True, slots=True)
class Ground:
    """One ground: what an officer chooses, and the article that stands in the decision."""

    code: str
    label: str
    basis: str


GROUNDS = (
    Ground("no-interest", "原告与本案没有直接利害关系", f"{CPL_122}第一项"),
    Ground("no-defendant", "没有明确的被告", f"{CPL_122}第二项"),
    Ground("no-claim", "没有具体的诉讼请求和事实、理由", f"{CPL_122}第三项"),
    Ground("out-of-scope", "不属于人民法院受理民事诉讼的范围", f"{CPL_122}第四项"),
    Ground("no-jurisdiction", "不属于本院管辖", f"{CPL_122}第四项、第一百二十七条第四项"),
    Ground("arbitration", "双方达成书面仲裁协议", f"{CPL_127}第二项"),
    Ground("decided-before", "判决、裁定、调解书已经发生法律效力", f"{CPL_127}第五项"),
    Ground(
        "pending-elsewhere",
        "同一争议已在诉讼过程中（重复起诉）",
        f"{CPL_INTERPRETATION}第二百四十七条",
    ),
)
_BY_CODE = {ground.code: ground for ground in GROUNDS}


def ground(code: str) -> Ground | None:
    """Return the ground called ``code``, or nothing."""
    return _BY_CODE.get(code)
