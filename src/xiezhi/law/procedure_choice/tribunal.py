"""Sole judge, panel or jurors (独任、合议庭、人民陪审员) at first and second instance."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from xiezhi.law import titles
from xiezhi.law.case_number.codes import CourtLevel
from xiezhi.law.errors import LawError
from xiezhi.law.procedure_choice.choice import LABELS, ORDINARY, SMALL, SUMMARY
from xiezhi.law.procedure_choice.facts import check, reasons
from xiezhi.law.results import Step

SOLE, PANEL, JURORS, SEVEN = "sole", "panel", "jurors", "seven"
NAMES = {
    SOLE: "独任审理",
    PANEL: "合议庭",
    JURORS: "人民陪审员参加的合议庭（三人或者七人）",
    SEVEN: "七人合议庭（法官三人、人民陪审员四人）",
}


@dataclass(frozen=True, slots=True)
class Tribunal:
    """Who tries the case, and what else the law would allow."""

    value: str
    allowed: tuple[str, ...]
    steps: tuple[Step, ...]
    basis: str

    @property
    def label(self) -> str:
        """Return the Chinese name."""
        return NAMES[self.value]


def first_instance_tribunal(
    procedure: str,
    *,
    level: CourtLevel,
    on: date,
    told: Iterable[str] = (),
    clear: bool = False,
) -> Tribunal:
    """Say who tries a civil case at first instance.

    Basis: 民事诉讼法第四十条、第四十二条；人民陪审员法第十四条至第十六条、第二十二条。
    ``clear`` says 基本事实清楚、权利义务关系明确, which allows a sole judge under the ordinary
    procedure of a basic court.
    Refuses: ``LawError`` for an unknown procedure or fact, or a summary case that the law
    wants tried by a panel.
    """
    facts = check(told)
    if procedure not in LABELS:
        raise LawError(f"没有名为“{procedure}”的程序。", code="procedure.unknown")
    seven = reasons("requires-seven", facts, on)
    barred = reasons("excludes-sole-judge", facts, on)
    if procedure in {SUMMARY, SMALL}:
        if seven or barred or level is not CourtLevel.BASIC:
            raise LawError(
                f"案件不得独任审理，不能适用{LABELS[procedure]}。",
                code="procedure.sole-barred",
                basis=(*seven, *barred)[0].basis
                if seven or barred
                else f"{titles.CIVIL_PROCEDURE}第一百六十条",
            )
        step = Step(
            LABELS[procedure],
            "由审判员一人独任审理",
            NAMES[SOLE],
            f"{titles.CIVIL_PROCEDURE}第四十条第二款",
        )
        return Tribunal(SOLE, (), (step,), f"{titles.CIVIL_PROCEDURE}第四十条第二款")
    if seven:
        return Tribunal(SEVEN, (), seven, seven[0].basis)
    if jurors := reasons("requires-jurors", facts, on):
        return Tribunal(JURORS, (SEVEN,), (*barred, *jurors), jurors[0].basis)
    if barred or level is not CourtLevel.BASIC or not clear:
        step = Step(LABELS[ORDINARY], "由审判员或者审判员、人民陪审员组成合议庭", NAMES[PANEL],
                    f"{titles.CIVIL_PROCEDURE}第四十条第一款")  # fmt: skip
        return Tribunal(
            PANEL, (JURORS,), (*barred, step), f"{titles.CIVIL_PROCEDURE}第四十条第一款"
        )
    step = Step(LABELS[ORDINARY], "基层人民法院，基本事实清楚、权利义务关系明确，可以独任审理",
                NAMES[SOLE], f"{titles.CIVIL_PROCEDURE}第四十条第二款")  # fmt: skip
    return Tribunal(SOLE, (PANEL, JURORS), (step,), f"{titles.CIVIL_PROCEDURE}第四十条第二款")


def second_instance_tribunal(
    *,
    level: CourtLevel,
    first_procedure: str,
    against_ruling: bool,
    clear: bool,
    both_agree: bool,
    on: date,
    told: Iterable[str] = (),
) -> Tribunal:
    """Say who tries a civil case at second instance; jurors never do.

    Basis: 民事诉讼法第四十一条、第四十二条。
    Refuses: ``LawError`` for a basic court or an unknown fact.
    """
    if level is CourtLevel.BASIC:
        raise LawError("基层人民法院不审理二审案件。", code="procedure.level",
                       basis=f"{titles.CIVIL_PROCEDURE}第一百七十一条")  # fmt: skip
    barred = reasons("excludes-sole-judge", check(told), on)
    kind = against_ruling or first_procedure == SUMMARY
    if level is CourtLevel.INTERMEDIATE and kind and clear and both_agree and not barred:
        step = Step("二审", "一审适用简易程序审结或者不服裁定上诉，事实清楚，双方同意", NAMES[SOLE],
                    f"{titles.CIVIL_PROCEDURE}第四十一条第二款")  # fmt: skip
        return Tribunal(SOLE, (PANEL,), (step,), f"{titles.CIVIL_PROCEDURE}第四十一条第二款")
    step = Step(
        "二审", "由审判员组成合议庭", NAMES[PANEL], f"{titles.CIVIL_PROCEDURE}第四十一条第一款"
    )
    return Tribunal(PANEL, (), (*barred, step), f"{titles.CIVIL_PROCEDURE}第四十一条第一款")
