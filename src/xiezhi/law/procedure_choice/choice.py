"""Small claims, summary or ordinary procedure at first instance (小额、简易、普通)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from xiezhi.law import parameters, titles
from xiezhi.law.case_number.codes import CourtLevel
from xiezhi.law.errors import LawError
from xiezhi.law.parameters import parameter
from xiezhi.law.procedure_choice.facts import FILE, check, reasons
from xiezhi.law.results import Step, format_yuan, multiple

ORDINARY, SUMMARY, SMALL = "ordinary", "summary", "small-claims"
LABELS = {ORDINARY: "普通程序", SUMMARY: "简易程序", SMALL: "小额诉讼程序"}
SMALL_BASIS = f"{titles.CIVIL_PROCEDURE}第一百六十五条"
SUMMARY_BASIS = f"{titles.CIVIL_PROCEDURE}第一百六十条"


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What the choice depends on; ``None`` says that nobody knows yet.

    ``simple`` 事实清楚、权利义务关系明确、争议不大; ``money_only`` 金钱给付; ``told`` the named
    facts of :func:`facts` that are present; the agreements are those of both sides.
    """

    level: CourtLevel
    simple: bool | None = None
    money_only: bool | None = None
    amount: Decimal | None = None
    agreed_summary: bool = False
    agreed_small_claims: bool = False
    told: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ProcedureChoice:
    """The procedure, what the parties may still agree on, or which fact is missing.

    ``value`` is empty when ``missing`` names facts a person must establish.
    """

    value: str
    by_agreement: tuple[str, ...]
    missing: tuple[str, ...]
    steps: tuple[Step, ...]
    basis: str

    @property
    def label(self) -> str:
        """Return the Chinese name of the procedure, or that a person must decide."""
        return LABELS.get(self.value, "需要由人工判断")


def choose(facts: CaseFacts, *, on: date, province: str) -> ProcedureChoice:
    """Choose the procedure of a civil case at first instance.

    Basis: 民事诉讼法第一百六十条、第一百六十五条、第一百六十六条；民诉法解释第二百五十七条。
    Units: ``province`` is the first character of the court's code, for the average wage.
    Refuses: ``LawError`` for an unknown fact, a negative sum, a province whose wage is not
    recorded where the answer depends on it.
    """
    told = check(facts.told)
    if facts.amount is not None and not (facts.amount.is_finite() and facts.amount >= 0):
        raise LawError("金额不能为负数。", code="procedure.negative", basis=SMALL_BASIS)
    if facts.level is not CourtLevel.BASIC:
        step = Step(
            "受理法院", f"{facts.level.label}不适用简易程序", LABELS[ORDINARY], SUMMARY_BASIS
        )
        return ProcedureChoice(ORDINARY, (), (), (step,), SUMMARY_BASIS)
    if excluded := reasons("excludes-summary", told, on):
        return ProcedureChoice(ORDINARY, (), (), excluded, excluded[0].basis)
    if facts.simple is None and not facts.agreed_summary:
        return _missing(("simple",), ())
    if not facts.simple:
        return _not_simple(facts)
    return _simple(facts, told, on, province)


def _not_simple(facts: CaseFacts) -> ProcedureChoice:
    if facts.agreed_summary:
        step = Step("当事人约定", "双方约定适用简易程序", LABELS[SUMMARY], f"{SUMMARY_BASIS}第二款")
        return ProcedureChoice(SUMMARY, (), (), (step,), f"{SUMMARY_BASIS}第二款")
    step = Step("案件情况", "不是事实清楚、权利义务关系明确、争议不大的简单案件",
                LABELS[ORDINARY], SUMMARY_BASIS)  # fmt: skip
    return ProcedureChoice(ORDINARY, (SUMMARY,), (), (step,), SUMMARY_BASIS)


def _simple(facts: CaseFacts, told: frozenset[str], on: date, province: str) -> ProcedureChoice:
    step = Step(
        "案件情况", "事实清楚、权利义务关系明确、争议不大", "可以适用简易程序", SUMMARY_BASIS
    )
    if excluded := reasons("excludes-small-claims", told, on):
        return ProcedureChoice(SUMMARY, (), (), (step, *excluded), SUMMARY_BASIS)
    if facts.money_only is None:
        return _missing(("money_only",), (step,))
    if not facts.money_only:
        other = Step("小额诉讼程序", "不是金钱给付案件", "不适用", SMALL_BASIS)
        return ProcedureChoice(SUMMARY, (), (), (step, other), SUMMARY_BASIS)
    if facts.amount is None:
        return _missing(("amount",), (step,))
    return _by_amount(facts, facts.amount, step, on, province)


def _by_amount(
    facts: CaseFacts, amount: Decimal, step: Step, on: date, province: str
) -> ProcedureChoice:
    wage = _wage(province, on)
    small = Decimal(parameter(FILE, "small-claims-share", on).value)
    agreed = Decimal(parameter(FILE, "small-claims-agreed-share", on).value)
    low, high = wage * small, wage * agreed
    claim, most = format_yuan(amount), f"{format_yuan(high)}（年平均工资的{multiple(agreed)}）"
    least = f"{format_yuan(low)}（年平均工资的{multiple(small)}）"
    if amount <= low:
        why = Step("标的额", f"{claim}不超过{least}", LABELS[SMALL], f"{SMALL_BASIS}第一款")
        return ProcedureChoice(SMALL, (), (), (step, why), f"{SMALL_BASIS}第一款")
    if amount > high:
        formula = f"{claim}超过{most}，不适用小额诉讼程序"
        why = Step("标的额", formula, LABELS[SUMMARY], SMALL_BASIS)
        return ProcedureChoice(SUMMARY, (), (), (step, why), SUMMARY_BASIS)
    between = f"{claim}超过{least}、不超过{most}"
    if facts.agreed_small_claims:
        why = Step("标的额", f"{between}，双方约定", LABELS[SMALL], f"{SMALL_BASIS}第二款")
        return ProcedureChoice(SMALL, (), (), (step, why), f"{SMALL_BASIS}第二款")
    formula = f"{between}，双方可以约定适用小额诉讼程序"
    why = Step("标的额", formula, LABELS[SUMMARY], f"{SMALL_BASIS}第二款")
    return ProcedureChoice(SUMMARY, (SMALL,), (), (step, why), SUMMARY_BASIS)


def _missing(names: tuple[str, ...], steps: tuple[Step, ...]) -> ProcedureChoice:
    asked = Step(
        "缺少的事实", "、".join(_QUESTIONS[name] for name in names), "需要由人工判断", SUMMARY_BASIS
    )
    return ProcedureChoice("", (), names, (*steps, asked), SUMMARY_BASIS)


_QUESTIONS = {
    "simple": "是否事实清楚、权利义务关系明确、争议不大",
    "money_only": "是否只请求给付金钱",
    "amount": "标的额是多少",
}


def _wage(province: str, on: date) -> Decimal:
    if not parameters.has("provinces", "average-wage", on, scope=province):
        raise LawError(
            f"没有录入“{province}”{on.year}年适用的上年度就业人员年平均工资。",
            code="procedure.wage-missing",
            basis=SMALL_BASIS,
            remedy="请按统计部门公布的数据在 law/data/provinces.toml 中补充。",
        )
    return Decimal(parameter("provinces", "average-wage", on, scope=province).value)
